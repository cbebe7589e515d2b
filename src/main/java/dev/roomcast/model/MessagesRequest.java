package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;

/** The body of a <code>POST …/messages</code> that asks for a stream. */
final class MessagesRequest {

    private MessagesRequest() {}

    static byte[] of(String model, Prompt prompt, int maxTokens, Prefix prefix) {
        Prompt asked = prefix == Prefix.NONE ? prompt.inWords() : prompt;
        return JsonBody.of(asked.length(), json -> {
            json.writeStringField("model", model);
            json.writeNumberField("max_tokens", maxTokens);
            json.writeBooleanField("stream", true);
            // What the system says has a place of its own there, before everything else.
            String system = asked.turns().stream()
                    .filter(turn -> turn.role() == Role.SYSTEM)
                    .map(Turn::content)
                    .collect(Collectors.joining("\n\n"));
            if (!system.isEmpty()) {
                json.writeStringField("system", system);
            }
            messages(json, asked);
        });
    }

    private static void messages(JsonGenerator json, Prompt prompt) throws IOException {
        List<Turn> turns = prompt.turns().stream()
                .filter(turn -> turn.role() != Role.SYSTEM)
                .toList();
        json.writeArrayFieldStart("messages");
        OutputStream body = JsonBody.elements(json);
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            boolean begun = i == turns.size() - 1 && turn.role() == Role.ASSISTANT;
            // A beginning that ends with white space is refused.
            Turn said = begun ? new Turn(turn.role(), turn.content().stripTrailing()) : turn;
            JsonBody.message(body, List.of(said), i == 0, JsonBody.NOTHING);
        }
        json.writeEndArray();
    }
}
