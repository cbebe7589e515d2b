package dev.roomcast.redis;

/**
 * Redis did not answer, or not with a result. Whether the script was run is not known: the connection may have broken before or
 * after. Whoever repeats it must be able to tell.
 */
public final class Unreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreachable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
