package dev.roomcast.assistant;

import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Outcome;

/**
 * The tokens of one answer: counted by the provider, or estimated by us. Guarded by its {@link Answer}, but for {@link #asked}, which
 * the writer may call at any time.
 */
final class Cost {

    private static final int NOT_ASKED = -1;

    private volatile int promptTokens = NOT_ASKED;
    private long saidQuarters;
    private ModelStream.Usage counted;

    /** The provider is asked this much. */
    void asked(int tokens) {
        promptTokens = tokens;
    }

    /** It said this. */
    void said(String piece) {
        saidQuarters += Tokens.quarters(piece);
    }

    /** The provider counted, or did not ({@code null}). */
    void counted(ModelStream.Usage usage) {
        counted = usage;
    }

    /** It did not get to answering. */
    void nothing() {
        promptTokens = NOT_ASKED;
    }

    /** {@code null} if nothing was asked. */
    Outcome.Usage usage() {
        if (counted != null) {
            return new Outcome.Usage(counted.promptTokens(), counted.completionTokens(), false);
        }
        int prompt = promptTokens;
        return prompt == NOT_ASKED ? null : new Outcome.Usage(prompt, Tokens.ofQuarters(saidQuarters), true);
    }

    long tokens() {
        Outcome.Usage usage = usage();
        return usage == null ? 0 : (long) usage.promptTokens() + usage.completionTokens();
    }
}
