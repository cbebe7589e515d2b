package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Knows a chunk again that differs from the last one in its text alone. Many providers repeat all the rest byte for byte, and taking
 * that to pieces for each token is the better part of what reading an answer costs.
 *
 * <p>Confined to one thread.
 */
final class ChunkMould {

    private byte[] before = {};
    private byte[] after = {};

    /**
     * Remembers a chunk that said one text and nothing else that counts.
     *
     * @param from where the text begins in the chunk, behind its quotation mark, as a JSON string
     * @param to where it ends, before its quotation mark
     */
    void remember(byte[] data, int offset, int length, int from, int to) {
        if (from < 1 || to < from || to >= length || data[offset + from - 1] != '"' || data[offset + to] != '"') {
            forget();
            return;
        }
        before = Arrays.copyOfRange(data, offset, offset + from);
        after = Arrays.copyOfRange(data, offset + to, offset + length);
    }

    void forget() {
        before = new byte[0];
    }

    /** The text, if everything around it is what was remembered, and it is plain ASCII without escapes; else {@code null}. */
    String textOf(byte[] data, int offset, int length) {
        int from = offset + before.length;
        int to = offset + length - after.length;
        if (before.length == 0
                || to < from
                || !Arrays.equals(data, offset, from, before, 0, before.length)
                || !Arrays.equals(data, to, offset + length, after, 0, after.length)) {
            return null;
        }
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b < ' ' || b == '"' || b == '\\') { // also what is not ASCII, which is negative
                return null;
            }
        }
        return new String(data, from, to - from, ISO_8859_1);
    }
}
