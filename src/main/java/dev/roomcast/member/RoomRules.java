package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the rules of rooms live, beside the journal. What they mean is {@link Rights}' business. Thread-safe.
 *
 * <p>{@link #find} is asked for every command and for every open connection every two seconds: it must not block.
 */
public interface RoomRules {

    /**
     * What was said about this room, or {@code null}.
     *
     * @throws dev.roomcast.room.Refused {@code unavailable} as long as nothing is known of any room
     */
    RoomRule find(RoomId room);

    /**
     * Changes it, one change at a time. May block for a moment.
     *
     * @param change from what is there, or {@code null}, to what shall be there, or {@code null}; may throw, then nothing changes. May be
     *     asked several times, if others are changing it, too
     * @throws dev.roomcast.room.Refused {@code unavailable} if nobody can tell whether it was changed
     */
    void change(RoomId room, UnaryOperator<RoomRule> change);

    /** Those that give this user a role. May block. */
    List<RoomRule> naming(String userId);

    /** Whether it is known what was said about rooms. */
    default boolean isReady() {
        return true;
    }
}
