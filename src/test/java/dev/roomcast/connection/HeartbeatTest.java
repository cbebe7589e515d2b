package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {

    @ParameterizedTest
    @CsvSource({
        "roomcast.heartbeat.silent, PT20S, PT20S, PT60S",
        "roomcast.heartbeat.silent, PT20S, PT22S, PT60S",
        "roomcast.heartbeat.silent, PT40S, PT20S, PT60S",
        "roomcast.heartbeat.stalled, PT20S, PT40S, PT0S",
    })
    void who_is_well_must_not_be_given_up(String setting, Duration ping, Duration silent, Duration stalled) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Heartbeat(ping, silent, stalled));
        assertTrue(refused.getMessage().startsWith(setting + " must be "), refused::getMessage);
    }

    @Test
    void a_look_between_the_two_is_enough() {
        assertDoesNotThrow(() -> new Heartbeat(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(1)));
    }
}
