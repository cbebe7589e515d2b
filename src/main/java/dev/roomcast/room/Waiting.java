package dev.roomcast.room;

/**
 * A question that waits for its turn. Immutable.
 *
 * @param time when it was asked, milliseconds since 1970
 * @param re the {@code id} of the command that asked, or {@code null}
 */
public record Waiting(long time, String re, Question question) {}
