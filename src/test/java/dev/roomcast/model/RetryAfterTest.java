package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"0, PT0S", "120, PT2M", "' 7 ', PT7S", "999999999999, PT24H"})
    void seconds_are_understood_up_to_a_day(String header, Duration expected) {
        assertEquals(expected, RetryAfter.parse(header, NOON));
    }

    @Test
    void dates_are_understood() {
        assertEquals(Duration.ofMinutes(1), RetryAfter.parse("Sun, 22 Nov 2026 12:01:00 GMT", NOON));
        assertEquals(Duration.ZERO, RetryAfter.parse("Sun, 22 Nov 2026 11:00:00 GMT", NOON));
        assertEquals(Duration.ofDays(1), RetryAfter.parse("Tue, 22 Nov 2033 12:00:00 GMT", NOON));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999999999999999", "Sun, 99 Nov 2026 12:01:00 GMT"})
    void nonsense_says_nothing(String header) {
        assertEquals(null, RetryAfter.parse(header, NOON));
    }
}
