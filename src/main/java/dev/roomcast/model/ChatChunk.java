package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * Reads one <code>chat.completion.chunk</code> into the answer that it is a part of.
 *
 * <p>Of the choices only the first counts, as only one is asked for. Reasoning, tool calls and refusals are read over:
 * they are no text of the answer. So is everything unknown, because every provider adds fields of its own. Read as a
 * stream, since this is done for each token of each answer; what comes once per answer is read as a tree.
 */
final class ChatChunk {

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

    private ChatChunk() {}

    /**
     * @throws IOException if this is not one JSON object; the answer may have got a part of its text then
     * @throws ModelFailed if it is an error of the provider
     */
    static void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        try (JsonParser json = JSON.createParser(data, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                    choices(json, answer);
                } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
                    JsonNode usage = json.readValueAsTree();
                    answer.usage(tokens(usage, "prompt_tokens"), tokens(usage, "completion_tokens"));
                } else if (name.equals("error") && value != JsonToken.VALUE_NULL) {
                    throw answer.failed(fault(json.readValueAsTree()));
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("more than an object");
            }
        }
    }

    private static void choices(JsonParser json, ChatAnswer answer) throws IOException {
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == 0 && json.currentToken() == JsonToken.START_OBJECT) {
                choice(json, answer);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void choice(JsonParser json, ChatAnswer answer) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("delta") && value == JsonToken.START_OBJECT) {
                delta(json, answer);
            } else if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
                String reason = json.getText();
                if (!reason.isBlank()) { // some send "" until the end
                    answer.finish(reason);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static void delta(JsonParser json, ChatAnswer answer) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                long quotes = json.currentTokenLocation().getByteOffset();
                answer.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
                answer.textWas(quotes + 1, json.currentLocation().getByteOffset() - 1);
            } else if (name.equals("content") && value == JsonToken.START_ARRAY) {
                parts(json.readValueAsTree(), answer);
            } else if (name.equals("refusal") && value == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
                answer.refuse();
            } else {
                if (!name.equals("role") && value != JsonToken.VALUE_NULL) {
                    answer.step(); // thinking aloud is not silence
                }
                json.skipChildren();
            }
        }
    }

    /** Mistral's form for models that think: <code>[{"type":"thinking",…},{"type":"text","text":"…"}]</code>. */
    private static void parts(JsonNode parts, ChatAnswer answer) {
        for (JsonNode part : parts) {
            if (part.path("type").asText().equals("text")) {
                char[] text = part.path("text").asText().toCharArray();
                answer.text(text, 0, text.length);
                answer.textWas(0, 0);
            }
        }
    }

    private static int tokens(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asInt());
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
