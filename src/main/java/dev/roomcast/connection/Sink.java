package dev.roomcast.connection;

/**
 * Where a feed's frames go: one transport's way of writing. The feed promises never to call {@link #write} again before the
 * last write's {@link Completion} was told.
 */
public interface Sink {

    /**
     * Writes one frame; must not block the caller. {@code done} is to be told once (the feed ignores further calls, since
     * not every container keeps to that): on this thread before this method returns, or on any other at any time.
     */
    void write(Frame frame, Completion done);

    /** Nanoseconds after which something must be written, however little there is to say. */
    default long longestSilence() {
        return Long.MAX_VALUE;
    }

    /** Ends the transport. May block for a moment; called on a thread of ours, at most once. */
    void close(Closing why);

    /** What became of a write. */
    interface Completion {

        /** @param failure {@code null} if the transport took the frame; the connection is lost otherwise */
        void done(Throwable failure);
    }
}
