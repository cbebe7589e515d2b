package dev.roomcast.model;

import java.io.IOException;
import java.util.Map;

/**
 * The shape of OpenAI's chat completions: OpenAI itself, Azure, Mistral, Gemini's compatible endpoint, vLLM, Ollama, LM Studio, the built-in
 * demo, …
 *
 * @param thinksFirst answers begin with thoughts that only their end is marked of
 * @param usageInStream whether the tokens used are asked for: some refuse to be
 * @param keyHeader the header that the key alone stands in, or {@code null} for the usual one
 */
record OpenAiDialect(Prefix prefix, boolean thinksFirst, boolean usageInStream, String keyHeader) implements Dialect {

    OpenAiDialect(Prefix prefix) {
        this(prefix, false, true, null);
    }

    @Override
    public String path() {
        return "chat/completions";
    }

    @Override
    public Map<String, String> headers(String key) {
        if (key == null) {
            return Map.of();
        }
        return keyHeader == null ? Map.of("Authorization", "Bearer " + key) : Map.of(keyHeader, key);
    }

    @Override
    public byte[] question(String model, Prompt prompt) {
        return ChatRequest.of(model, prompt, prefix, usageInStream);
    }

    @Override
    public void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        ChatChunk.read(data, offset, length, answer);
    }

    @Override
    public Thoughts thoughts(boolean goesOn) {
        return new Thoughts(thinksFirst && !(goesOn && continues()));
    }

    @Override
    public boolean continues() {
        return prefix != Prefix.NONE;
    }
}
