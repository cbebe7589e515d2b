package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Reads one <code>chat.completion.chunk</code> into the answer that it is a part of.
 *
 * <p>Of the choices only the first counts, as only one is asked for. Reasoning, tool calls and refusals are read over:
 * they are no text of the answer.
 */
final class ChatChunk {

    /** Gemini's names for what struck, where its compatible endpoint passes them on as they are. */
    private static final Set<String> FILTERS =
            Set.of("SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII");

    /** What some call their limit. */
    private static final Set<String> LIMITS = Set.of("MODEL_LENGTH", "MAX_TOKENS");

    private ChatChunk() {}

    /**
     * @throws IOException if this is not one JSON object; the answer may have got a part of its text then
     * @throws ModelFailed if it is an error of the provider
     */
    static void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        EventJson.event(data, offset, length, (name, value, json) -> {
            if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                choices(json, answer);
            } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
                JsonNode usage = json.readValueAsTree();
                answer.usage(EventJson.tokens(usage, "prompt_tokens"), EventJson.tokens(usage, "completion_tokens"));
            } else if (name.equals("error") && value != JsonToken.VALUE_NULL) {
                throw answer.failed(fault(json.readValueAsTree()));
            }
        });
    }

    private static void choices(JsonParser json, ChatAnswer answer) throws IOException, ModelFailed {
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == 0 && json.currentToken() == JsonToken.START_OBJECT) {
                choice(json, answer);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void choice(JsonParser choice, ChatAnswer answer) throws IOException, ModelFailed {
        EventJson.fields(choice, (name, value, json) -> {
            if (name.equals("delta") && value == JsonToken.START_OBJECT) {
                delta(json, answer);
            } else if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
                String reason = json.getText();
                if (!reason.isBlank()) { // some send "" until the end
                    answer.finish(known(reason));
                }
            }
        });
    }

    private static String known(String reason) {
        String upper = reason.toUpperCase(Locale.ROOT);
        if (FILTERS.contains(upper)) {
            return ModelStream.Ending.FILTERED;
        }
        return LIMITS.contains(upper) ? "length" : reason;
    }

    private static void delta(JsonParser delta, ChatAnswer answer) throws IOException, ModelFailed {
        EventJson.fields(delta, (name, value, json) -> {
            if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                EventJson.text(json, answer);
            } else if (name.equals("content") && value == JsonToken.START_ARRAY) {
                // Mistral's form for models that think: [{"type":"thinking",…},{"type":"text","text":"…"}]
                JsonNode parts = json.readValueAsTree();
                parts.forEach(part -> EventJson.part(part, answer));
            } else if (name.equals("refusal") && value == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
                answer.refuse();
            } else if (!name.equals("role") && EventJson.saysAnything(value, json)) {
                answer.step(); // thinking aloud is not silence
            }
        });
    }

    /** Only the kind of the error is read, never its text, which may tell about the key. */
    private static Fault fault(JsonNode error) {
        String kind = error.path("code").asText() + ' ' + error.path("type").asText();
        if (kind.contains("rate_limit")) {
            return Fault.BUSY;
        }
        int status = error.path("code").asInt();
        return status >= 400 ? Fault.ofStatus(status) : Fault.ERROR;
    }
}
