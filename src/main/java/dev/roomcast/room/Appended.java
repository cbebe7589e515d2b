package dev.roomcast.room;

/**
 * What became of a draft.
 *
 * @param position up to and including the event
 * @param outcomeId the messageId or answerId that came of it
 * @param repeated the same command had been appended before; nothing was appended now, and this is what happened then
 * @param waits it is a question that does not begin yet
 */
public record Appended(Position position, String outcomeId, boolean repeated, boolean waits) {}
