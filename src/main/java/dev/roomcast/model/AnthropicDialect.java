package dev.roomcast.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Anthropic's messages, and what speaks like them.
 *
 * @param maxTokens the longest answer; this shape has no request without it
 * @param prefix {@link Prefix#PLAIN}, or {@link Prefix#NONE} for models that refuse it
 */
record AnthropicDialect(int maxTokens, Prefix prefix) implements Dialect {

    private static final String VERSION = "2023-06-01";

    @Override
    public String path() {
        return "messages";
    }

    @Override
    public Map<String, String> headers(String key) {
        Map<String, String> headers = new HashMap<>();
        headers.put("anthropic-version", VERSION);
        if (key != null) {
            headers.put("x-api-key", key);
        }
        return headers;
    }

    @Override
    public byte[] question(String model, Prompt prompt) {
        return MessagesRequest.of(model, prompt, maxTokens, prefix);
    }

    @Override
    public void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        MessagesEvent.read(data, offset, length, answer);
    }

    @Override
    public boolean continues() {
        return prefix != Prefix.NONE;
    }
}
