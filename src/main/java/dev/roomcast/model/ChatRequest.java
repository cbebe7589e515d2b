package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.model.Prompt.Turn;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** The body of a <code>POST …/chat/completions</code> that asks for a stream, and for the tokens used at its end unless it may not. */
final class ChatRequest {

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
        for (Iterator<List<Turn>> messages = prompt.alternating().iterator(); messages.hasNext(); ) {
            List<Turn> turns = messages.next();
            json.writeStartObject();
            json.writeStringField("role", turns.get(0).role().wire());
            json.writeFieldName("content");
            JsonBody.write(json, turns);
            if (prefix == Prefix.PREFIX && !messages.hasNext() && prompt.isBegun()) {
                json.writeBooleanField("prefix", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
