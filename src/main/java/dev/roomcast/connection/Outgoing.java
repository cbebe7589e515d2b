package dev.roomcast.connection;

/**
 * What a feed writes for its reader alone. Immutable.
 *
 * @param frame {@code null} if there is nothing to say
 * @param entrance where the reader is from then on; {@code null} for where they were
 */
record Outgoing(Frame frame, Entrance entrance) {}
