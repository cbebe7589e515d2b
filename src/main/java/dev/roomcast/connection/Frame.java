package dev.roomcast.connection;

/**
 * One encoded frame. Immutable, shared by all readers at the same place.
 *
 * @param text a JSON object
 * @param position the {@code position} in it, or {@code null} if it has none
 * @param part more frames of the same slice follow, and only the last of them has the position
 * @param bytes its length in UTF-8
 */
public record Frame(String text, String position, boolean part, int bytes) {

    public Frame(String text, String position) {
        this(text, position, false, utf8Length(text));
    }

    static Frame part(String text) {
        return new Frame(text, null, true, utf8Length(text));
    }

    /** Not a frame but a sign of life, in whatever way the transport gives one. */
    static final Frame PING = new Frame("", null);

    static Frame of(String text) {
        return new Frame(text, null);
    }

    static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two characters and four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }
}
