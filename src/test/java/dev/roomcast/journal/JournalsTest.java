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

    private static final Duration HOUR = Duration.ofHours(1);

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

    @Test
    void a_server_that_could_hold_no_room_or_would_forget_each_at_once_does_not_start() {
        assertRefused("roomcast.limit.rooms", 0, HOUR);
        assertRefused("roomcast.room.idle", 10, Duration.ZERO);
    }

    private static void assertRefused(String setting, int rooms, Duration idle) {
        var refused = assertThrows(IllegalArgumentException.class, () -> start("PT4S", rooms, idle));
        assertTrue(refused.getMessage().startsWith(setting + " must be "), refused::getMessage);
    }

    private static void start(String lease) {
        start(lease, 10, HOUR);
    }

    private static void start(String lease, int rooms, Duration idle) {
        TestThreads threads = new TestThreads();
        try {
            new Journals(
                    new Redis(Optional.empty(), threads), threads, 100, 100, HOUR, idle, rooms, Duration.parse(lease));
        } finally {
            threads.close();
        }
    }
}
