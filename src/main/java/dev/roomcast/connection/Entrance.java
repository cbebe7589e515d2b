package dev.roomcast.connection;

import dev.roomcast.room.Cursor;
import dev.roomcast.room.Position;
import java.util.List;
import java.util.function.Function;

/**
 * Where a reader begins to read. Immutable.
 *
 * @param audience whom the reader belongs to
 * @param cursor {@code null} for nowhere
 * @param presence what of it the reader was told
 * @param first frames to write before reading on
 * @param unread which of their commands the log has answered further on; {@code null} for nowhere
 * @param snapshot makes a new entrance when the cursor is too far behind, for somebody who has read up to there
 */
record Entrance(
        Audience audience,
        Cursor cursor,
        PresenceTold presence,
        List<Frame> first,
        Unread unread,
        Function<Position, Outgoing> snapshot) {

    /** Of somebody who is in no room. */
    static final Entrance NOWHERE = new Entrance(null, null, PresenceTold.NOTHING, List.of(), null, null);
}
