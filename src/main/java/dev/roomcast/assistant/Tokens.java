package dev.roomcast.assistant;

import dev.roomcast.model.Prompt.Turn;
import java.nio.charset.StandardCharsets;

/**
 * How many tokens a text is, roughly: no provider's tokenizer is at hand. Four characters to a token is the rule of thumb for
 * English, two for other alphabets, one for scripts whose characters are syllables or words. Pure.
 */
final class Tokens {

    /** What a turn costs besides its text. */
    static final int PER_TURN = 4;

    /** Tokens are counted by quarters, so that the parts of a text are as many as the whole. */
    private static final int QUARTERS = 4;

    private static final char FIRST_IDEOGRAPHIC = '\u2E80';

    static int in(String text) {
        return ofQuarters(quarters(text));
    }

    static int in(Turn turn) {
        return PER_TURN + in(turn.content());
    }

    static long quarters(String text) {
        // Most of what is said is ASCII, which the runtime finds out many times as fast as this loop.
        if (text.getBytes(StandardCharsets.UTF_8).length == text.length()) {
            return text.length();
        }
        long quarters = 0;
        for (int i = 0; i < text.length(); i++) {
            quarters += quarters(text.charAt(i));
        }
        return quarters;
    }

    static int quarters(char c) {
        return c < 0x80 ? 1 : c < FIRST_IDEOGRAPHIC ? 2 : 4;
    }

    static int ofQuarters(long quarters) {
        return (int) Math.min(Integer.MAX_VALUE, (quarters + QUARTERS - 1) / QUARTERS);
    }

    private Tokens() {}
}
