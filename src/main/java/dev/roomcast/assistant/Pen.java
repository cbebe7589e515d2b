package dev.roomcast.assistant;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may write of an answer. While its writer waits for the model the pen lies there, and whoever comes first may write the end with it,
 * without waiting for anybody; while the writer appends a piece, nobody else may. Thread-safe; no method blocks.
 */
final class Pen {

    /** The writer waits for the model, or has not begun; it appends a piece; somebody has ended it, or is about to. */
    private enum Phase {
        READING,
        APPENDING,
        OVER
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READING);

    /** The writer is about to append. @return {@code false} if it is over */
    boolean take() {
        return phase.compareAndSet(Phase.READING, Phase.APPENDING);
    }

    /** The writer has appended, and waits for the model. */
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
