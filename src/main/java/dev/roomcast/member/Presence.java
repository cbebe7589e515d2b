package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.Set;

/**
 * Who is in which room, on whatever node they are. Thread-safe.
 *
 * <p>Does not block, but for {@link #enter}: where presence lives outside of this process, the first to enter a room may wait for a
 * moment to learn who else is there. Where it cannot be asked it says what it knows.
 */
public interface Presence {

    /** A session of this member is in the room from now on. */
    Roster enter(RoomId room, Member member, String session);

    /** It is not any more. */
    void leave(RoomId room, Member member, String session);

    /** Who is there; {@code null} if nobody is on this node. */
    Roster of(RoomId room);

    /** Where somebody is, on this node. */
    Set<RoomId> rooms();

    /** Whether anybody is there who could read what is said. */
    boolean anybodyIn(RoomId room);

    /** This member is typing, or is not any more. */
    void typing(RoomId room, Member member, boolean typing);

    /**
     * Rings when somebody came, went, or began or ended to type, until closed. It may ring for nothing. The bell must not
     * block or throw.
     */
    Watch watch(RoomId room, Runnable bell);

    /** Somebody's wish to hear the bell. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
