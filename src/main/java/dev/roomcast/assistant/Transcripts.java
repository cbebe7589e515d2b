package dev.roomcast.assistant;

import dev.roomcast.room.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transcripts of the rooms in which something was asked last. Thread-safe. */
final class Transcripts {

    /** How many are kept. Each may hold what its room's history page does, twice: up to half a megabyte, and some tens of kilobytes as a rule. */
    private static final int MOST = 100;

    private final Map<RoomId, Transcript> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomId, Transcript> eldest) {
            return size() > MOST;
        }
    };

    synchronized Transcript of(RoomId room) {
        return rooms.computeIfAbsent(room, id -> new Transcript());
    }
}
