package dev.roomcast.room;

import java.util.concurrent.CompletionStage;

/**
 * Where the logs of rooms live. Thread-safe; no method blocks. One contract test holds for every implementation.
 *
 * <p>{@link #read} is the only way in which events are delivered; {@link #watch} only says that reading may be worth it.
 */
public interface Journal {

    /**
     * Makes the room readable here. Completes at once if it is already; exceptionally with {@link Refused} ({@code unavailable}) if it
     * cannot be read. A room stays readable for as long as it is watched, and for a while after anything was done with it.
     */
    CompletionStage<Void> open(RoomId room);

    /**
     * The same for somebody who has read up to {@code since}, or {@code null}, perhaps elsewhere: as far as there at the least, if it is in the log.
     * Exceptionally ({@code unavailable}) also if they have more than can be read here now.
     */
    default CompletionStage<Void> open(RoomId room, Position since) {
        return open(room);
    }

    /**
     * Appends to the room's log, unless it is the repeat of a command.
     *
     * <p>What a {@link Content.Removed} covers is not read any more, by nobody: in its places stands the removal.
     *
     * <p>Whether a question begins or waits is decided here, together with its place ({@link RoomState#admit}), so that no two of them take
     * the last seat. A journal that several nodes share needs three things for that beside the log: which answers are under way,
     * which wait, and whose these are.
     *
     * <p>The stage completes when the event is in the log, and exceptionally with {@link Refused}: {@code id-reused},
     * {@code no-such-answer}, {@code no-such-message} (see {@link RoomState#after}), {@code room-busy} (see {@link RoomState#admit}) or
     * {@code unavailable}. Bells are rung before it completes. It may complete some
     * milliseconds later than that: whoever waits for it before the next piece of an answer goes at the journal's pace.
     */
    CompletionStage<Appended> append(RoomId room, Draft draft);

    /**
     * What comes after a position, in an open room.
     *
     * @param limit how many events at the most; the slice may be shorter for its size, but is empty only at the head
     * @return with {@code reset} if {@code after} is of another epoch, ahead of the head, or older than the log keeps
     */
    Slice read(RoomId room, Position after, int limit);

    /** Whether it is readable here now, without being opened. */
    boolean isOpen(RoomId room);

    /** The room as of its head, if it is open; else thrown is {@link Refused}. */
    RoomState state(RoomId room);

    /**
     * Rings whenever the log may have grown, until closed. The head is set before the bell rings, so a reader who takes
     * the bell first and looks then misses nothing. The bell must not block or throw.
     */
    Watch watch(RoomId room, Runnable bell);

    /** Somebody's wish to hear the bell. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
