package dev.roomcast.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roomcast.room.Refused;
import java.util.regex.Pattern;

/**
 * What a client asks for: one frame from it, read with suspicion. A field that is missing, of another type or too long is
 * refused when it is asked for.
 *
 * @param id chosen by the client, or {@code null}
 */
record Command(String type, String id, ObjectNode fields) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static Command parse(String frame) {
        ObjectNode fields = Json.object(frame);
        JsonNode id = fields.get("id");
        if (id != null && !(id.isTextual() && ID.matcher(id.textValue()).matches())) {
            throw new Refused(Refused.Code.BAD_ID, "An id has 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
        JsonNode type = fields.get("type");
        if (type == null || !type.isTextual()) {
            throw new Refused(Refused.Code.BAD_FRAME, "A frame needs a \"type\".");
        }
        return new Command(type.textValue(), id == null ? null : id.textValue(), fields);
    }

    /** The fields of a body that is not a command, to be read with the same suspicion. */
    static Command fields(String body) {
        return new Command("", null, Json.object(body));
    }

    /** The text in this field, with something to read in it. */
    String text(String field, int maxLength) {
        String text = word(field);
        if (text.length() > maxLength) {
            throw new Refused(Refused.Code.TOO_LONG, "\"" + field + "\" has at most " + maxLength + " characters.");
        }
        if (text.isBlank()) {
            throw new Refused(Refused.Code.BAD_FRAME, "\"" + field + "\" is empty.");
        }
        return wellFormed(text);
    }

    /** The string in this field, whatever it says. */
    String word(String field) {
        String word = optional(field);
        if (word == null) {
            throw new Refused(Refused.Code.BAD_FRAME, "\"" + field + "\" is missing.");
        }
        return word;
    }

    /** The string in this field, or {@code null} if there is none. */
    String optional(String field) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new Refused(Refused.Code.BAD_FRAME, "\"" + field + "\" must be a string.");
        }
        return value.textValue();
    }

    /** JSON may escape half a surrogate pair, UTF-8 cannot carry one: what readers could not be sent is not let in. */
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (mended == null) {
                mended = new StringBuilder(text);
            }
            mended.setCharAt(i, '\uFFFD');
        }
        return mended == null ? text : mended.toString();
    }
}
