package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.Map;

/** Instructions for tests of something else. */
public final class Told {

    /** As if the configuration said so. */
    public static Instructions in(Map<RoomId, String> rooms) {
        return new Instructions(new MemoryRoomRules(), null, rooms);
    }

    private Told() {}
}
