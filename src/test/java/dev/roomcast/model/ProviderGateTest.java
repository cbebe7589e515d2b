package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static Duration rest(Map<String, String> config, Duration rested) {
        return ProviderGate.rest(key -> Optional.ofNullable(config.get(key)), rested);
    }
}
