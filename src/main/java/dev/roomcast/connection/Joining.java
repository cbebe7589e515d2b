package dev.roomcast.connection;

import dev.roomcast.room.Position;
import dev.roomcast.room.RoomId;

/**
 * How a client wants to enter a room.
 *
 * @param since where it says it was, or {@code null} for a fresh start
 * @param re the id of its command, or {@code null}
 * @param plain it knows only the five types of frames, and cannot read a snapshot
 */
record Joining(RoomId room, Position since, String re, boolean plain) {

    Joining(RoomId room, String since, String re, boolean plain) {
        this(room, since == null ? null : Position.parse(since), re, plain);
    }

    /** The {@code since} of a request: from its URL, else from the header that browsers send; {@code null} if neither. */
    static String since(String since, String lastEventId) {
        return since != null && !since.isEmpty()
                ? since
                : lastEventId != null && !lastEventId.isEmpty() ? lastEventId : null;
    }

    static Joining of(Command command) {
        return new Joining(
                new RoomId(command.word("roomId")), command.optional("since"), command.id(), command.id() == null);
    }
}
