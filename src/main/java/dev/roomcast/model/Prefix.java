package dev.roomcast.model;

import java.util.Arrays;
import java.util.Optional;

/** How a provider is told that the last turn, the assistant's, is the beginning of the answer that is wanted. */
enum Prefix {
    /** Not at all: it would answer anew. It can only be asked, in words, to go on. */
    NONE("none"),

    /** It takes a last turn of the assistant for that: Anthropic with most models, OpenRouter, llama.cpp. */
    PLAIN("plain"),

    /** By {@code "prefix":true} in that turn: Mistral, DeepSeek. */
    PREFIX("prefix"),

    /** By {@code "continue_final_message":true}: vLLM, SGLang. */
    CONTINUE_FINAL_MESSAGE("continue-final-message");

    private final String setting;

    Prefix(String setting) {
        this.setting = setting;
    }

    String setting() {
        return setting;
    }

    static Optional<Prefix> of(String setting) {
        return Arrays.stream(values())
                .filter(prefix -> prefix.setting.equals(setting))
                .findFirst();
    }
}
