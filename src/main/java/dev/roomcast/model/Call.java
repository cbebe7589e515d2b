package dev.roomcast.model;

/**
 * One attempt at an answer: asks, then reads what comes until the end, or until it breaks.
 *
 * <p>Confined to the thread that reads, but for {@link #cut()}; another may look whether it is complete.
 */
interface Call {

    /**
     * Asks, and blocks until there is something to read.
     *
     * @throws ModelFailed as the provider's reply, or the lack of one, demands
     */
    void ask() throws ModelFailed;

    /** Reads all that is there, and waits only if that is nothing. What breaks is told by {@link #failure()}. */
    void fill();

    /** Nothing more will be read. If the provider had said that the answer is complete, it is, whatever came after that. */
    void end(ModelFailed otherwise);

    /** The text that came since the last call. May be empty. */
    String text();

    /** Why nothing more comes, or {@code null}. What came before is still to be had from {@link #text()}. */
    ModelFailed failure();

    /** Nothing more comes, as nothing is missing. */
    boolean isComplete();

    /** The text is complete, although the tokens used may still follow. */
    boolean isFinished();

    /** Grows with each step of the answer. */
    long steps();

    /** Once complete. */
    ModelStream.Ending ending();

    /** Ends it at once, also while another thread waits in it. Does not block. Idempotent. */
    void cut();

    /** It is complete: keeps what can be of use for the next one. May block until it is cut. */
    void leave();
}
