package dev.roomcast.model;

import java.util.Locale;

/** What a model is behind. */
enum Shape {
    /** A provider whose API is like OpenAI's. */
    OPENAI,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** A LangChain4j model that the application has as a bean. */
    LANGCHAIN4J,
    /** The demo that is built in. */
    DEMO;

    private final String setting = name().toLowerCase(Locale.ROOT);

    String setting() {
        return setting;
    }

    /** Whether it is asked at an address that has to be set. */
    boolean isRemote() {
        return this == OPENAI || this == ANTHROPIC;
    }

    static Shape of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
