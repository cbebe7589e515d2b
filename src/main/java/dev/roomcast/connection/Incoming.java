package dev.roomcast.connection;

/**
 * The message that a WebSocket is about to receive, put together from the parts in which the server hands it over. Measured
 * while it grows, so that no more than the limit is ever kept, however many fragments it has. Not thread-safe: belongs to
 * the socket's reader.
 */
final class Incoming {

    private final int limit;
    private StringBuilder begun;
    private long bytes;
    private boolean tooLarge;

    /** @param limit bytes of a message (of a text: in UTF-8) */
    Incoming(int limit) {
        this.limit = limit;
    }

    /** One more part of a text; returns all of it with its last part, {@code null} before, or if it is too large. */
    String text(String part, boolean last) {
        measure(Frame.utf8Length(part), last);
        if (tooLarge) {
            begun = null;
            return null;
        }
        if (last && begun == null) {
            return part; // as nearly all of them: there is nothing to put together
        }
        if (begun == null) {
            begun = new StringBuilder();
        }
        begun.append(part);
        if (!last) {
            return null;
        }
        String whole = begun.toString();
        begun = null;
        return whole;
    }

    /** One more part of what is not kept. */
    void measure(int length, boolean last) {
        bytes += length;
        tooLarge = tooLarge || bytes > limit;
        if (last) {
            bytes = 0;
        }
    }

    /** A message was larger than the limit. Stays true: such a socket has to go. */
    boolean isTooLarge() {
        return tooLarge;
    }
}
