package dev.roomcast.room;

/** A place in a room's log from which somebody reads on. Immutable; whoever reads on keeps the next one. */
public record Cursor(Room room, Position position) {

    /** See {@link Journal#read}. */
    public Slice read(int limit) {
        return room.journal().read(room.id(), position, limit);
    }

    /** Whether nothing is missing between here and the head: reading on from here gives every event, once. */
    public boolean complete() {
        return !read(0).reset();
    }

    /** The cursor of somebody who has this slice too. */
    public Cursor past(Slice slice) {
        return new Cursor(room, slice.next());
    }
}
