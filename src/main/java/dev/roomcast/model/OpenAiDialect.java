package dev.roomcast.model;

import java.io.IOException;
import java.util.Map;

/**
 * The shape of OpenAI's chat completions: OpenAI itself, Azure, Mistral, Gemini's compatible endpoint, vLLM, Ollama, LM Studio, the built-in
 * demo, …
 */
record OpenAiDialect(Prefix prefix) implements Dialect {

    @Override
    public String path() {
        return "chat/completions";
    }

    @Override
    public Map<String, String> headers(String key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public byte[] question(String model, Prompt prompt) {
        return ChatRequest.of(model, prompt, prefix);
    }

    @Override
    public void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed {
        ChatChunk.read(data, offset, length, answer);
    }

    @Override
    public boolean continues() {
        return prefix != Prefix.NONE;
    }
}
