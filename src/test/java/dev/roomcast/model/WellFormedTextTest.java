package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WellFormedTextTest {

    private final WellFormedText text = new WellFormedText();

    @Test
    void half_a_pair_at_the_end_waits_for_the_other_half() {
        append("a\uD83D");
        assertEquals("a", text.take());
        assertEquals("", text.take());
        append("\uDE00b");
        assertEquals("😀b", text.take());
    }

    @Test
    void a_half_that_stays_alone_is_replaced() {
        append("\uDE00a\uD83Db\uD83D\uD83D\uDE00\uD83D");
        assertEquals("\uFFFDa\uFFFDb\uFFFD😀", text.take());
        assertEquals("\uFFFD", text.takeAll());
        assertEquals("", text.takeAll());
    }

    @Test
    void what_was_cut_back_never_was() {
        append("keep");
        int length = text.length();
        append("drop");
        text.cutBackTo(length);
        assertEquals("keep", text.takeAll());
    }

    private void append(String s) {
        text.append(s.toCharArray(), 0, s.length());
    }
}
