package dev.roomcast.model;

import java.util.Locale;

/** What a model is there for. */
public enum ModelRole {
    /** Answers where nobody chose another. */
    DEFAULT,
    /** For little things that should not take long. */
    FAST,
    /** Translates. */
    TRANSLATION;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As it stands in frames and settings: {@code fast}. */
    public String wire() {
        return wire;
    }
}
