package dev.roomcast.room;

/** Who said something, as the room remembers it. */
public record Author(String userId, String name) {}
