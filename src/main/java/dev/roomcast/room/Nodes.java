package dev.roomcast.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The nodes that share the rooms, for one of them. Each answer is written by one node, its holder, for as long as that node is
 * there; any may end it. Thread-safe; no method blocks.
 */
public interface Nodes {

    /** Who ends answers here that others left. To be said once, at the start. */
    void attend(Writer writer);

    /** Whether what the nodes share can be reached from here. */
    boolean isWell();

    /** Told whenever {@link #isWell} changes. Must not block. */
    void watch(Consumer<Boolean> watcher);

    /** Whoever is told of answers that others left. Must not block. */
    interface Writer {

        /**
         * Nobody writes this answer any more; it has to end. Said to each node that has the room open, and again until it has.
         *
         * @return completes when that is done, or has failed
         */
        CompletionStage<?> lost(Room room, String answerId);

        /**
         * This answer has begun in the log as one of this node's, which did not hear of it: it told its asker that nobody knows. Nobody writes it;
         * whoever asks once more, as they were advised, is told of this one.
         *
         * @return as {@link #lost}
         */
        CompletionStage<?> unheardOf(Room room, String answerId);

        /** Whether this node still writes this answer, which has begun here as far as the log knows. If not, it is {@link #lost}. */
        boolean writes(String answerId);

        /**
         * This node has not reached what the nodes share for as long as a lease: the others may end its answers, and what it writes is not
         * taken any more. Said again and again while that lasts.
         */
        void cutOff();

        /** Questions wait in this room, which is open, and nobody may be left who looks after them. */
        void waits(Room room);
    }
}
