package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PulsesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pulses pulses = new Pulses(Duration.ofSeconds(4), "me");

    @Test
    void whoever_has_not_counted_for_as_long_as_a_lease_is_gone() {
        look(0, 1);
        look(1, 2);
        for (int at = 2; at < 5; at++) {
            look(at, 2);
            assertFalse(isGone(at));
        }
        look(5, 2);
        assertTrue(isGone(5));
        assertEquals(Set.of("other"), pulses.gone(5 * SECOND));
    }

    @Test
    void an_outage_that_hits_all_looks_like_nobodys_death_however_long_it_was() {
        look(0, 1);
        look(1, 2);
        look(60, 2); // this node is the first to be back
        assertFalse(isGone(60));
        look(62, 2);
        assertFalse(isGone(62));
        look(64, 2); // not even now
        assertTrue(isGone(64));
    }

    @Test
    void who_was_dead_before_an_outage_is_dead_after_it() {
        for (int at = 0; at <= 4; at++) {
            look(at, 1);
        }
        assertTrue(isGone(4));
        look(60, 1);
        assertTrue(isGone(60));
    }

    @Test
    void an_answer_that_waited_while_this_node_slept_says_nothing_about_now() {
        look(0, 1);
        look(1, 1); // asked for then; it is read at 60
        assertFalse(isGone(60));
        look(60, 99);
        assertFalse(isGone(60));
    }

    /** The last count is heard of a pulse late, and the lease is over just after a look. */
    @Test
    void with_the_longest_lease_five_seconds_are_enough_for_a_death_to_be_noticed_and_answers_to_be_ended() {
        Duration lease = Journals.LONGEST_LEASE;
        Pulses watcher = new Pulses(lease, "me");
        long pulse = lease.toNanos() / RedisNodes.PULSES;
        watcher.look(Map.of("other", 1L), 0); // which then counts, and dies
        watcher.look(Map.of("other", 2L), pulse);
        long at = 2 * pulse - 1;
        watcher.look(Map.of("other", 2L), at);
        while (!watcher.isGone("other", at)) {
            at += pulse;
            watcher.look(Map.of("other", 2L), at);
        }
        assertTrue(at > lease.toNanos());
        assertTrue(at <= Duration.ofMillis(4_900).toNanos(), "noticed after " + Duration.ofNanos(at));
    }

    private void look(int second, long count) {
        pulses.look(Map.of("me", 1L, "other", count), second * SECOND);
    }

    private boolean isGone(int second) {
        return pulses.isGone("other", second * SECOND);
    }
}
