package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The strict client of other tests: what it forgives, and what not. */
class ScreenTest {

    private static final String JOINED =
            "{\"type\":\"joined\",\"position\":\"e-1\",\"recovered\":%s,\"history\":[],\"answers\":%s,\"waiting\":[],"
                    + "\"members\":[],\"count\":0,\"presence\":1}";

    private final Screen screen = new Screen();

    @Test
    void what_arrived_of_a_slice_before_a_cut_may_come_again_in_several() {
        screen.show(JOINED.formatted(false, "[{\"answerId\":\"a\",\"text\":\"\"}]"));
        screen.show(chunk(0, "one two", ""));
        Screen back = new Screen(screen);
        back.show(JOINED.formatted(true, "[]"));
        back.show(chunk(0, "one", ",\"position\":\"e-2\""));
        assertFalse(back.isWhole(), "it shows more than was said up to there");
        back.show(chunk(3, " two", ",\"position\":\"e-3\""));
        assertTrue(back.isWhole());
        assertEquals("one two", back.answers.get("a"));
    }

    @Test
    void nothing_else_comes_twice() {
        screen.show(JOINED.formatted(false, "[{\"answerId\":\"a\",\"text\":\"\"}]"));
        screen.show(chunk(0, "one", ",\"position\":\"e-2\""));
        assertThrows(AssertionError.class, () -> screen.show(chunk(0, "one", ",\"position\":\"e-3\"")));
    }

    private static String chunk(int at, String content, String position) {
        return "{\"type\":\"ai-chunk\",\"answerId\":\"a\",\"at\":" + at + ",\"content\":\"" + content + "\"" + position
                + "}";
    }
}
