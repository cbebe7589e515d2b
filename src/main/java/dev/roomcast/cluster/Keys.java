package dev.roomcast.cluster;

import dev.roomcast.room.RoomId;

/** What things are called in Redis. Pure. */
final class Keys {

    /** A key of its own, wherever a cluster puts it. */
    static String of(String kind, String name) {
        return "roomcast:" + kind + ":" + name;
    }

    /** One of several that a script touches together: in a cluster they lie where the part in braces says. */
    static String together(String kind, String with) {
        return "roomcast:{" + with + "}:" + kind;
    }

    /** Of one room, on the same node of a cluster as its log. */
    static String of(RoomId room, String kind) {
        return together(kind, room.name()); // no room's name has a brace in it
    }

    private Keys() {}
}
