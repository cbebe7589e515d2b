package dev.roomcast.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The nodes that share the rooms, for the one that asks. Each answer is written by one node, its holder, for as long as that node
 * is there. Thread-safe; no method blocks.
 */
public interface Nodes {

    /** Who writes answers here. To be said once, before the first question. */
    void attend(Writer writer);

    /**
     * Tells the holder of an answer to stop it.
     *
     * @return whether this wish was the first; exceptionally {@link Refused} ({@code no-such-answer}, {@code unavailable})
     */
    CompletionStage<Boolean> stop(RoomId room, String answerId, Wish wish);

    /** Whether what the nodes share can be reached from here. */
    boolean isWell();

    /** Told whenever {@link #isWell} changes. Must not block. */
    void watch(Consumer<Boolean> watcher);

    /**
     * That an answer stops.
     *
     * @param by the userId of who wants it, or {@code null}
     * @param re the {@code id} of their command, or {@code null}
     */
    record Wish(String by, String re) {}

    /** What other nodes may want of who writes answers here. Must not block. */
    interface Writer {

        /** An answer that is written here shall stop. May be said more than once. */
        void stop(String answerId, Wish wish);

        /**
         * Nobody writes this answer any more; it has to end. Said again, to all who have the room open, until it has.
         *
         * @param wish that it stops, if somebody had it; or {@code null}
         * @return completes when the end is in the log, or is not
         */
        CompletionStage<?> lost(Room room, Running answer, Wish wish);
    }
}
