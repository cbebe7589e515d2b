package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IncomingTest {

    private final Incoming incoming = new Incoming(10);

    @Test
    void a_message_of_one_part_is_that_part() {
        String part = new String("tea");
        assertSame(part, incoming.text(part, true));
    }

    @Test
    void parts_are_one_message_and_the_next_one_begins_anew() {
        assertNull(incoming.text("te", false));
        assertNull(incoming.text("", false));
        assertEquals("tea?", incoming.text("a?", true));
        assertEquals("now", incoming.text("now", true));
        assertFalse(incoming.isTooLarge());
    }

    @Test
    void the_limit_is_for_each_message_and_in_bytes() {
        assertEquals("語語語x", incoming.text("語語語x", true));
        incoming.text("語語", false);
        assertEquals("語語語y", incoming.text("語y", true));
        assertFalse(incoming.isTooLarge());
        assertNull(incoming.text("語語語語", true));
        assertTrue(incoming.isTooLarge());
    }

    @Test
    void a_pair_of_surrogates_that_comes_in_two_parts_counts_four_bytes() {
        incoming.text("123456\ud83d", false);
        assertEquals("123456\ud83d\udc4b", incoming.text("\udc4b", true));
        assertFalse(incoming.isTooLarge());
    }

    @Test
    void what_is_too_large_stays_too_large() {
        incoming.text("12345", false);
        assertNull(incoming.text("123456", false));
        assertNull(incoming.text("", true));
        assertNull(incoming.text("more", true));
        assertTrue(incoming.isTooLarge());
    }

    @Test
    void what_is_not_kept_is_measured_too() {
        incoming.measure(10, true);
        incoming.measure(10, false);
        assertFalse(incoming.isTooLarge());
        incoming.measure(1, false);
        assertTrue(incoming.isTooLarge());
    }
}
