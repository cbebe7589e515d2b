package dev.roomcast.assistant;

import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places for answers on this node, and the rooms that wait for one, each of which gets one in turn: a room with a
 * hundred questions waits behind a room with one. Thread-safe; {@code this} guards all of it.
 */
final class Seats {

    private final int many;
    private final Map<RoomId, Room> line = new LinkedHashMap<>();
    private int taken;

    Seats(int many) {
        this.many = many;
    }

    /** Takes a seat, if one is free and no room waits for it. */
    synchronized boolean take() {
        if (taken >= many || !line.isEmpty()) {
            return false;
        }
        taken++;
        return true;
    }

    /** Leaves one. */
    synchronized void leave() {
        taken--;
    }

    /** This room wants one more; it has one place in the line, however often it says so. */
    synchronized void lineUp(Room room) {
        line.putIfAbsent(room.id(), room);
    }

    /** Takes a seat for the room that is first in line, which is then not in it any more; {@code null} if nobody waits or none is free. */
    synchronized Room next() {
        if (taken >= many || line.isEmpty()) {
            return null;
        }
        taken++;
        return line.remove(line.keySet().iterator().next());
    }

    synchronized int taken() {
        return taken;
    }
}
