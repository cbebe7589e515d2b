package dev.roomcast.connection;

/**
 * One encoded frame. Immutable, shared by all readers at the same place.
 *
 * @param text a JSON object
 * @param position the {@code position} in it, or {@code null} if it has none
 */
public record Frame(String text, String position) {

    /** Not a frame but a sign of life, in whatever way the transport gives one. */
    static final Frame PING = new Frame("", null);

    static Frame of(String text) {
        return new Frame(text, null);
    }
}
