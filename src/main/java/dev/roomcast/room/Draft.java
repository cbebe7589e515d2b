package dev.roomcast.room;

/**
 * What somebody wants appended.
 *
 * @param re the {@code id} of the command that causes it, for its sender to recognise, or {@code null}
 * @param command which command of whom this is, so that a repeat can be told; {@code null} if it cannot be repeated
 * @param others how many answers may be under way in the room for this one to begin; else it is refused as {@code room-busy}
 */
public record Draft(Content content, String re, Command command, int others) {

    /** What nobody can repeat: an answer's doing, or a command without an id. */
    public static Draft of(Content content) {
        return new Draft(content, null, null, Integer.MAX_VALUE);
    }

    /** What a command wants to say; sent again with the same id, it is the same draft. */
    public static Draft of(Content content, String userId, String id) {
        return id == null ? of(content) : new Draft(content, id, new Command(userId, id), Integer.MAX_VALUE);
    }

    /** The same, caused by a command that may take effect twice without harm. */
    public Draft because(String id) {
        return new Draft(content, id, command, others);
    }

    /** The same, unless more than {@code others} answers are under way. */
    public Draft besides(int others) {
        return new Draft(content, re, command, others);
    }

    /**
     * @param userId whose command
     * @param id chosen by the client, unique among this user's commands in this room
     */
    public record Command(String userId, String id) {}
}
