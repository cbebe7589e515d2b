package dev.roomcast.connection;

import dev.roomcast.room.Cursor;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Slice;
import java.util.List;

/**
 * A slice as frames, encoded once for all readers at the same place. Immutable.
 *
 * @param frames only the last carries a position: the one that completes the slice
 * @param reset as in {@link Slice}
 */
record Encoded(Position from, Position next, boolean reset, List<Frame> frames) {

    /** Events in one slice at the most; merged, they are one frame per answer. */
    private static final int LIMIT = 4_096;

    /** What a reader at this cursor reads next; no frames at the head. */
    static Encoded at(Cursor cursor) {
        Slice slice = cursor.read(LIMIT).merged();
        List<Event> events = slice.events();
        Frame[] frames = new Frame[events.size()];
        for (int i = 0; i < frames.length; i++) {
            boolean last = i == frames.length - 1;
            frames[i] = Frames.event(events.get(i), last ? slice.next().toString() : null);
        }
        return new Encoded(cursor.position(), slice.next(), slice.reset(), List.of(frames));
    }
}
