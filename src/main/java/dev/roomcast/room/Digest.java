package dev.roomcast.room;

/**
 * FNV-1a, 32 bit, over the UTF-16 code units of a text, low byte first: enough to show that two texts are not the same
 * by accident, and three lines long in any language. Not a protection against forgery.
 *
 * <p>Confined to one thread.
 */
public final class Digest {

    private int value = 0x811c9dc5;

    public Digest add(String text) {
        int v = value;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            v = (v ^ (c & 0xff)) * 0x01000193;
            v = (v ^ (c >>> 8)) * 0x01000193;
        }
        value = v;
        return this;
    }

    public int value() {
        return value;
    }
}
