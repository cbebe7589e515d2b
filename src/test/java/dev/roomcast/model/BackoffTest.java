package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times in milliseconds, from the question on; there are ten seconds for the first piece. */
class BackoffTest {

    private final Backoff backoff = new Backoff(nanos(10_000));

    @Test
    void the_first_attempt_is_made_at_once() throws Exception {
        assertEquals(0, waits(5));
    }

    @Test
    void each_further_attempt_comes_after_twice_the_time() throws Exception {
        waits(0);
        fail(100, null);
        assertEquals(0, waits(400), "the standard's delay, here 300 with its jitter, is long enough");
        fail(1_000, null);
        assertEquals(250, waits(1_250), "it waited 250, and should 500");
        fail(2_000, null);
        assertEquals(900, waits(2_300), "it waited 300, and should 1200");
    }

    @Test
    void a_provider_that_says_when_to_come_back_is_not_asked_earlier() throws Exception {
        waits(0);
        assertTrue(fail(100, Duration.ofSeconds(5)) instanceof ModelFailed.Passing);
        assertEquals(4_700, waits(400));
    }

    @Test
    void who_wants_to_be_asked_too_late_is_not_asked_again() throws Exception {
        waits(0);
        ModelFailed failed = fail(100, Duration.ofSeconds(20));
        assertFalse(failed instanceof ModelFailed.Passing);
        assertTrue(failed instanceof ModelFailed.Unwell, "but it counts");
        assertEquals("model-busy", failed.code());
        assertEquals(Duration.ofSeconds(20), failed.retryAfter());
    }

    @Test
    void without_time_for_another_attempt_the_last_failure_is_told_and_not_a_silence() throws Exception {
        waits(0);
        fail(4_000, null);
        waits(7_000);
        fail(8_000, null);
        ModelFailed failed = assertThrows(ModelFailed.class, () -> waits(9_500));
        assertEquals("model-busy", failed.code());
        assertFalse(failed instanceof ModelFailed.Passing);
    }

    @Test
    void a_failure_that_nobody_dated_stays_what_it_is() throws Exception {
        waits(0);
        ModelFailed failed = Fault.ERROR.failure();
        assertSame(failed, backoff.failed(failed, nanos(100)));
    }

    private long waits(long now) throws ModelFailed {
        return Duration.ofNanos(backoff.next(nanos(now))).toMillis();
    }

    private ModelFailed fail(long now, Duration retryAfter) {
        return backoff.failed(Fault.BUSY.failure(retryAfter, null), nanos(now));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
