package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Reads one event of Anthropic's messages into the answer that it is a part of.
 *
 * <p>Text is text; thinking, signatures, tool calls and citations are read over, as is everything unknown. The type of an event
 * comes first in it, but nothing promises that.
 */
final class MessagesEvent {

    private MessagesEvent() {}

    /**
     * @throws IOException if this is not one JSON object; the answer may have got a part of its text then
     * @throws ModelFailed if it is an error of the provider
     */
    static void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        EventJson.event(data, offset, length, (name, value, json) -> {
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                if (json.getText().equals("message_stop")) {
                    answer.end();
                }
            } else if (name.equals("error") && value != JsonToken.VALUE_NULL) {
                throw answer.failed(fault(json.readValueAsTree()));
            } else if (value == JsonToken.START_OBJECT) {
                part(name, json, answer);
            }
        });
    }

    private static void part(String name, JsonParser json, ChatAnswer answer) throws IOException, ModelFailed {
        switch (name) {
            case "delta" -> delta(json, answer);
            case "content_block" -> EventJson.part(json.readValueAsTree(), answer);
            case "message" -> {
                JsonNode message = json.readValueAsTree();
                usage(message.path("usage"), answer);
            }
            case "usage" -> usage(json.readValueAsTree(), answer);
            default -> {}
        }
    }

    private static void delta(JsonParser delta, ChatAnswer answer) throws IOException, ModelFailed {
        EventJson.fields(delta, (name, value, json) -> {
            if (name.equals("text") && value == JsonToken.VALUE_STRING) {
                EventJson.text(json, answer);
            } else if (name.equals("stop_reason") && value == JsonToken.VALUE_STRING) {
                answer.finish(reason(json.getText()));
            } else if (!name.equals("type") && EventJson.saysAnything(value, json)) {
                answer.step(); // thinking aloud is not silence
            }
        });
    }

    /** The prompt's tokens come first, those of the answer grow; and what was read from a cache was read, too. */
    private static void usage(JsonNode usage, ChatAnswer answer) {
        if (usage.isObject()) {
            int prompt = EventJson.tokens(usage, "input_tokens")
                    + EventJson.tokens(usage, "cache_creation_input_tokens")
                    + EventJson.tokens(usage, "cache_read_input_tokens");
            answer.usageGrows(prompt, EventJson.tokens(usage, "output_tokens"));
        }
    }

    private static String reason(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "refusal" -> ModelStream.Ending.FILTERED;
            case "tool_use" -> "tool_calls";
            default -> reason;
        };
    }

    /** Only the kind of the error is read, never its text. */
    private static Fault fault(JsonNode error) {
        return switch (error.path("type").asText()) {
            case "invalid_request_error", "request_too_large" -> Fault.REFUSED;
            case "authentication_error", "permission_error", "billing_error" -> Fault.UNAUTHORIZED;
            case "not_found_error" -> Fault.NOT_FOUND;
            case "rate_limit_error", "overloaded_error" -> Fault.BUSY;
            default -> Fault.ERROR;
        };
    }
}
