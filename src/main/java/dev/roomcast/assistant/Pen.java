package dev.roomcast.assistant;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may write of an answer. While nothing is being appended the pen lies there, and whoever comes first may write the end with it,
 * without waiting for anybody; while a piece is, nobody else may. Thread-safe; no method blocks.
 */
final class Pen {

    /** Nothing is being appended; a piece is; somebody has ended it, or is about to. */
    private enum Phase {
        READING,
        APPENDING,
        OVER
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READING);

    /** A piece is about to be appended. @return {@code false} if it is over */
    boolean take() {
        return phase.compareAndSet(Phase.READING, Phase.APPENDING);
    }

    /** The piece is in the log, or cannot be. */
    void putDown() {
        phase.set(Phase.READING);
    }

    /** @return whether the caller is the one to end it */
    boolean end() {
        return phase.compareAndSet(Phase.READING, Phase.OVER);
    }

    boolean isOver() {
        return phase.get() == Phase.OVER;
    }
}
