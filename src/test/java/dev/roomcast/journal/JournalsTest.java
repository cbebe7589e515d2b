package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.redis.Redis;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logs are made of. */
class JournalsTest {

    /** Rooms wait for a node that is gone no longer than five seconds; and one that is slow for a moment is not gone. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.9S", "PT4.001S", "PT5S", "PT1M"})
    void a_lease_that_is_too_short_or_too_long_stops_the_start_with_the_name_of_the_setting(String lease) {
        var refused = assertThrows(IllegalArgumentException.class, () -> start(lease));
        assertTrue(refused.getMessage().contains("roomcast.answers.lease"), refused::getMessage);
    }

    @Test
    void a_lease_may_be_four_seconds() {
        assertDoesNotThrow(() -> start("PT4S"));
    }

    private static void start(String lease) {
        TestThreads threads = new TestThreads();
        try {
            Duration hour = Duration.ofHours(1);
            new Journals(
                    new Redis(Optional.empty(), threads), threads, 100, 100, hour, hour, 10, Duration.parse(lease));
        } finally {
            threads.close();
        }
    }
}
