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
    void an_outage_at_whose_end_all_that_was_asked_meanwhile_is_answered_looks_like_nobodys_death() {
        look(0, 1);
        look(1, 2);
        for (int asked = 2; asked <= 6; asked++) {
            answered(asked, 6, 2);
            assertFalse(isGone(asked));
        }
        for (int at = 7; at < 10; at++) {
            look(at, 2);
            assertFalse(isGone(at)); // whoever has to connect anew has a lease for that
        }
        look(10, 2);
        assertTrue(isGone(10));
    }

    @Test
    void an_outage_looks_like_nobodys_death_also_if_they_had_not_been_heard_of_before() {
        for (int asked = 0; asked <= 6; asked++) {
            pulses.look(Map.of("me", 1L), asked * SECOND, 6 * SECOND);
            assertFalse(isGone(asked));
        }
    }

    @Test
    void an_outage_looks_like_nobodys_death_also_if_the_last_answer_is_heard_of_first() {
        look(0, 1);
        look(1, 2);
        answered(6, 6, 2);
        answered(5, 6, 2);
        assertFalse(isGone(6));
    }

    @Test
    void whoever_has_not_counted_is_gone_also_where_each_answer_takes_long() {
        for (int asked = 0; asked < 7; asked++) {
            answered(asked, asked + 3, 1); // heard of at 3
            assertFalse(isGone(asked));
        }
        answered(7, 10, 1);
        assertTrue(isGone(7));
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
        answered(1, 60, 1);
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
        look(watcher, Map.of("other", 1L), 0); // which then counts, and dies
        look(watcher, Map.of("other", 2L), pulse);
        long at = 2 * pulse - 1;
        look(watcher, Map.of("other", 2L), at);
        while (!watcher.isGone("other", at)) {
            at += pulse;
            look(watcher, Map.of("other", 2L), at);
        }
        assertTrue(at > lease.toNanos());
        assertTrue(at <= Duration.ofMillis(4_900).toNanos(), "noticed after " + Duration.ofNanos(at));
    }

    private void look(int second, long count) {
        answered(second, second, count);
    }

    private void answered(int asked, int answered, long count) {
        pulses.look(Map.of("me", 1L, "other", count), asked * SECOND, answered * SECOND);
    }

    /** Answered at once. */
    private static void look(Pulses watcher, Map<String, Long> counts, long at) {
        watcher.look(counts, at, at);
    }

    private boolean isGone(int second) {
        return pulses.isGone("other", second * SECOND);
    }
}
