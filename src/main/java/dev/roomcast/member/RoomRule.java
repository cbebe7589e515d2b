package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What was said about who may be in one room. Immutable.
 *
 * @param title for people to read, or {@code null}
 * @param instructions what the assistant is told in it besides, or {@code null}
 * @param people by userId; {@link Role#NONE} for whoever was removed from a room that they could enter otherwise
 */
public record RoomRule(RoomId room, String title, String instructions, Map<String, Role> people) {

    public RoomRule {
        people = Map.copyOf(people);
    }

    /** The same, with this role for this user; with {@code null} as if nothing had been said about them. */
    RoomRule with(String userId, Role role) {
        Map<String, Role> changed = new LinkedHashMap<>(people);
        if (role == null) {
            changed.remove(userId);
        } else {
            changed.put(userId, Objects.requireNonNull(role));
        }
        return new RoomRule(room, title, instructions, changed);
    }

    /** The same, with these instructions, or none ({@code null}). */
    RoomRule instructed(String changed) {
        return new RoomRule(room, title, changed, people);
    }
}
