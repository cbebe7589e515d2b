package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderGateTest {

    private static final String OPEN = "dev.roomcast.model.ProviderGate/open/";

    @Test
    void an_open_breaker_rests_for_what_is_left_of_its_delay_in_whatever_unit() {
        Duration rested = Duration.ofSeconds(3);
        assertEquals(Duration.ofSeconds(7), rest(Map.of(), rested));
        assertEquals(Duration.ofSeconds(2), rest(Map.of("CircuitBreaker/delay", "5000"), rested));
        Map<String, String> minutes =
                Map.of(OPEN + "CircuitBreaker/delay", "2", OPEN + "CircuitBreaker/delayUnit", "MINUTES");
        assertEquals(Duration.ofSeconds(117), rest(minutes, rested));
    }

    @Test
    void whoever_comes_while_it_tries_the_provider_out_is_not_told_to_come_back_at_once() {
        assertEquals(Duration.ofSeconds(1), rest(Map.of(), Duration.ofSeconds(10)));
        assertEquals(Duration.ofSeconds(1), rest(Map.of(), Duration.ofHours(1)));
    }

    @Test
    void an_empty_answer_may_be_asked_for_again_and_is_not_counted_by_the_breaker() {
        ModelFailed empty = Fault.EMPTY.failure();
        assertTrue(empty.reason().retryable());
        assertFalse(empty instanceof ModelFailed.Unwell);
    }

    /** To a circuit breaker, whatever is no failure is a success. */
    @Test
    void who_does_not_wait_for_a_provider_that_was_unwell_last_proves_nothing_to_the_breaker() throws ModelFailed {
        ProviderGate gate = new ProviderGate();
        assertFalse(failure(gate, Fault.STOPPED) instanceof ModelFailed.Unwell, "it may be well");
        assertTrue(failure(gate, Fault.STALLED) instanceof ModelFailed.Unwell);
        ModelFailed stopped = failure(gate, Fault.STOPPED);
        assertTrue(stopped instanceof ModelFailed.Unwell);
        assertEquals("model-stopped", stopped.code());
        assertFalse(stopped instanceof ModelFailed.Passing, "nobody asks again");
        gate.open(() -> "word");
        assertFalse(failure(gate, Fault.STOPPED) instanceof ModelFailed.Unwell, "it is well");
    }

    private static ModelFailed failure(ProviderGate gate, Fault fault) {
        return assertThrows(
                ModelFailed.class,
                () -> gate.open(() -> {
                    throw fault.failure();
                }));
    }

    private static Duration rest(Map<String, String> config, Duration rested) {
        return ProviderGate.rest(key -> Optional.ofNullable(config.get(key)), rested);
    }
}
