package dev.roomcast.connection;

/**
 * Why the server ends a connection (src/docs/protocol.md, section 5): up to 4499 the client should come back, from 4500 on
 * it should not.
 */
public enum Closing {
    GOING_AWAY(4000, "The server is going away."),
    TOO_MANY_REPLIES(4001, "Too many unread replies."),
    SILENT(4002, "No sign of life."),
    STALLED(4003, "Nothing was read for too long."),
    UNAVAILABLE(4004, "This room cannot be served here now."),
    TOO_MANY_CONNECTIONS(4005, "You have as many connections open as you may."),
    TOKEN_ENDED(4010, "The token ended."),
    NOT_ALLOWED(4500, "You may not be here any more."),
    /** RFC 6455, section 7.4.1. */
    TOO_LARGE(1009, "The message is too large."),
    /** The other side is gone, or nobody needs to be told. */
    LOST(1000, "");

    private final int code;
    private final String reason;

    Closing(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
