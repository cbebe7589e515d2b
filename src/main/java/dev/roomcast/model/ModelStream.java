package dev.roomcast.model;

/**
 * The text of one answer, as it arrives from the provider.
 *
 * <p>{@link #next()} and {@link #ending()} belong to one thread, which may block; {@link #close()} may be called by any
 * thread at any time.
 */
public interface ModelStream extends AutoCloseable {

    /**
     * The next piece of text: all that has arrived since the last call, joined, so that a burst of tokens is one piece.
     * Blocks until there is some. Well-formed UTF-16 (a surrogate pair is never split), never empty.
     *
     * <p>The first call asks the provider, and asks again where that may help, as long as nothing of the answer has come.
     *
     * @return the piece, or {@code null} when the answer is finished ({@link #ending()} then says how)
     * @throws ModelFailed if the provider refused, could not be reached, broke off or stalled, if the answer is empty, or if this was
     *     closed before the answer's end; from then on every call throws it
     */
    String next() throws ModelFailed;

    /** How the answer ended. Only after {@link #next()} returned {@code null}. */
    Ending ending();

    /**
     * Ends the upstream call at once, also when the provider is silent and another thread waits in {@link #next()}; that one
     * throws {@code model-stopped}. Does not block, but after the answer's end: then it tidies up, for at most a second.
     * Idempotent.
     */
    @Override
    void close();

    /**
     * Looks, from any thread, whether the one in {@link #next()} was told long ago that its time is over, and does not come out: such as one
     * that waits for a name server. It may never say so itself.
     *
     * @return why the answer is over then; else {@code null}
     */
    default ModelFailed stuck() {
        return null;
    }

    /**
     * @param finish why the provider ended: {@code stop}, {@code length}, {@link #FILTERED}, {@code tool_calls}, another word of its
     *     own (at most 40 characters), or {@code unknown}
     * @param usage tokens used as the provider counted them, or {@code null}
     * @param model the name of the model that answered, if it is not the one that was asked; else {@code null}
     */
    record Ending(String finish, Usage usage, String model) {

        /** The model did not want to go on, or its provider's content filter did not. What came before is valid. */
        public static final String FILTERED = "content_filter";

        /** Of the model that was asked. */
        public Ending(String finish, Usage usage) {
            this(finish, usage, null);
        }
    }

    /** Tokens of the prompt and of the answer. */
    record Usage(int promptTokens, int completionTokens) {}
}
