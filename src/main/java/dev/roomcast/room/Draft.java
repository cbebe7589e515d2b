package dev.roomcast.room;

/**
 * What somebody wants appended. With {@code limits} a question is appended as {@link RoomState#admit} has it.
 *
 * @param re the {@code id} of the command that causes it, for its sender to recognise, or {@code null}
 * @param command which command of whom this is, so that a repeat can be told; {@code null} if it cannot be repeated
 * @param limits of what may be under way and wait in the room for this question to be taken; {@code null} for none
 * @param ration of which the room must have what an answer that begins holds; {@code null} if nobody counts
 * @param next a question that waits from the same step on: it is in the log if the content is, and right behind it; {@code null} for none
 */
public record Draft(Content content, String re, Command command, Limits limits, Ration ration, Question next) {

    /** What nobody can repeat: an answer's doing, or a command without an id. */
    public static Draft of(Content content) {
        return new Draft(content, null, null, null, null, null);
    }

    /** What a command wants to say; sent again with the same id, it is the same draft. */
    public static Draft of(Content content, String userId, String id) {
        return id == null ? of(content) : new Draft(content, id, new Command(userId, id), null, null, null);
    }

    /** The same, caused by a command that may take effect twice without harm. */
    public Draft because(String id) {
        return new Draft(content, id, command, limits, ration, next);
    }

    /** The same, as far as there is place for it. */
    public Draft within(Limits limits) {
        return new Draft(content, re, command, limits, ration, next);
    }

    /** The same, as far as the room has the tokens. */
    public Draft within(Ration ration) {
        return new Draft(content, re, command, limits, ration, next);
    }

    /** The same, and with it, or not at all, a question of a new answerId: it waits, however many do, as one that had been taken before. */
    public Draft with(Question next) {
        return new Draft(content, re, command, limits, ration, next);
    }

    /**
     * @param userId whose command
     * @param id chosen by the client, unique among this user's commands in this room
     */
    public record Command(String userId, String id) {}
}
