package dev.roomcast.model;

/**
 * Text that is handed out in pieces, each of them well-formed UTF-16, whatever came in: the first half of a surrogate
 * pair waits for the second, and a half that stays alone becomes U+FFFD.
 *
 * <p>Confined to one thread.
 */
final class WellFormedText {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder text = new StringBuilder();

    void append(char[] chars, int offset, int length) {
        text.append(chars, offset, length);
    }

    void append(String more) {
        text.append(more);
    }

    int length() {
        return text.length();
    }

    /** Forgets what came after the text had this length. */
    void cutBackTo(int length) {
        text.setLength(length);
    }

    /** What there is, but for a half pair at its end, which the next call gets. May be empty. */
    String take() {
        int end = text.length();
        boolean halfPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return take(halfPair ? end - 1 : end);
    }

    /** All there is, as nothing follows. May be empty. */
    String takeAll() {
        return take(text.length());
    }

    private String take(int end) {
        if (end == 0) {
            return "";
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    i++;
                } else {
                    text.setCharAt(i, REPLACEMENT);
                }
            }
        }
        String piece = text.substring(0, end);
        text.delete(0, end);
        return piece;
    }
}
