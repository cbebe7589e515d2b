package dev.roomcast.room;

/**
 * One entry of a room's log. Immutable.
 *
 * @param seq its place in the log, from 1 on, without holes
 * @param time when it was appended, milliseconds since 1970
 * @param re the {@code id} of the command that caused it, or {@code null}
 */
public record Event(long seq, long time, String re, Content content) {}
