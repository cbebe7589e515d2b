package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.model.Prompt.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of a <code>POST …/chat/completions</code> that asks for a stream, and for the tokens used at its end unless it may not. */
final class ChatRequest {

    private static final byte[] BEGUN = ",\"prefix\":true".getBytes(StandardCharsets.US_ASCII);

    private ChatRequest() {}

    static byte[] of(String model, Prompt prompt, Prefix prefix, boolean usageInStream) {
        Prompt asked = prefix == Prefix.NONE ? prompt.inWords() : prompt;
        return JsonBody.of(asked.length(), json -> {
            json.writeStringField("model", model);
            json.writeBooleanField("stream", true);
            if (usageInStream) {
                json.writeObjectFieldStart("stream_options");
                json.writeBooleanField("include_usage", true);
                json.writeEndObject();
            }
            if (prefix == Prefix.CONTINUE_FINAL_MESSAGE && asked.isBegun()) {
                json.writeBooleanField("continue_final_message", true);
                json.writeBooleanField("add_generation_prompt", false);
            }
            messages(json, asked, prefix);
        });
    }

    private static void messages(JsonGenerator json, Prompt prompt, Prefix prefix) throws IOException {
        json.writeArrayFieldStart("messages");
        OutputStream body = JsonBody.elements(json);
        List<Turn> turns = prompt.turns();
        for (int from = 0; from < turns.size(); ) {
            int to = prompt.endOfMessage(from);
            boolean begun = prefix == Prefix.PREFIX && to == turns.size() && prompt.isBegun();
            JsonBody.message(body, turns.subList(from, to), from == 0, begun ? BEGUN : JsonBody.NOTHING);
            from = to;
        }
        json.writeEndArray();
    }
}
