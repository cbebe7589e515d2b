package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * Takes the JSON object of an event to pieces, as a stream, since this is done for each token of each answer. Pure.
 *
 * <p>What a {@link Field} does not read is read over, because every provider adds fields of its own.
 */
final class EventJson {

    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(EventStreamReader.MAX_EVENT)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            // Names come from outside: interned, they would stay for the life of the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());

    private EventJson() {}

    /** Is told of each field of an object. */
    interface Field {

        /** @param value where the parser is; read to its end, or not at all */
        void read(String name, JsonToken value, JsonParser json) throws IOException, ModelFailed;
    }

    /**
     * The fields of an event.
     *
     * @throws IOException if this is not one JSON object; some of its fields may have been told of then
     */
    static void event(byte[] data, int offset, int length, Field field) throws IOException, ModelFailed {
        try (JsonParser json = JSON.createParser(data, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            fields(json, field);
            if (json.nextToken() != null) {
                throw new IOException("more than an object");
            }
        }
    }

    /** The fields of the object in which the parser is. */
    static void fields(JsonParser json, Field field) throws IOException, ModelFailed {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            field.read(name, json.nextToken(), json);
            json.skipChildren(); // of what was not read
        }
    }

    /** Whether there is anything in a value. Reads it. */
    static boolean saysAnything(JsonToken value, JsonParser json) throws IOException {
        return switch (value) {
            case VALUE_NULL -> false;
            case VALUE_STRING -> json.getTextLength() > 0;
            case START_OBJECT, START_ARRAY -> !json.<JsonNode>readValueAsTree().isEmpty();
            default -> true;
        };
    }

    /** A part of the answer's text, and where it is in the event. */
    static void text(JsonParser json, ChatAnswer answer) throws IOException {
        long quotes = json.currentTokenLocation().getByteOffset();
        answer.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        answer.textWas(quotes + 1, json.currentLocation().getByteOffset() - 1);
    }

    /** The same, of something like <code>{"type":"text","text":"…"}</code>; what has another type is no text. */
    static void part(JsonNode part, ChatAnswer answer) {
        if (part.path("type").asText().equals("text")) {
            char[] text = part.path("text").asText().toCharArray();
            answer.text(text, 0, text.length);
            answer.textWas(0, 0);
        }
    }

    /** A number of tokens, which nothing that a provider sends makes negative or too large to add up. */
    static int tokens(JsonNode usage, String name) {
        return Math.max(0, Math.min(usage.path(name).asInt(), 1 << 28));
    }
}
