package dev.roomcast.room;

import java.time.Duration;
import java.util.Locale;

/**
 * What was asked for is not done, and that is the caller's doing or a limit; nothing happened. Mapped once, in
 * {@code connection}, to an error frame, an HTTP status or a close code. Carries no stack trace: it is an answer, not a
 * fault, and hostile input may cause many.
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Duration retryAfter;

    /** @param message one sentence for people; it is sent to them as it is */
    public Refused(Code code, String message) {
        this(code, message, null);
    }

    /** @param retryAfter when trying again can help, or {@code null} */
    public Refused(Code code, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public Code code() {
        return code;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** The stable codes of the protocol (src/docs/protocol.md, section 5). */
    public enum Code {
        BAD_JSON(false),
        BAD_FRAME(false),
        UNKNOWN_TYPE(false),
        BAD_ROOM(false),
        BAD_POSITION(false),
        BAD_ID(false),
        BAD_NAME(false),
        BINARY_FRAME(false),
        TOO_LONG(false),
        NOT_JOINED(false),
        ID_REUSED(false),
        UNAUTHORIZED(false),
        NOT_ALLOWED(false),
        NO_SUCH_ANSWER(false),
        NO_SUCH_MESSAGE(false),
        NO_SUCH_MODEL(false),
        ROOM_BUSY(true),
        ROOM_BUDGET(true),
        SERVER_BUSY(true),
        RATE_LIMITED(true),
        UNAVAILABLE(true),
        INTERNAL(true);

        private final boolean retryable;
        private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

        Code(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether the same command may succeed later. */
        public boolean retryable() {
            return retryable;
        }

        /** As it stands in a frame: {@code id-reused}. */
        public String wire() {
            return wire;
        }
    }
}
