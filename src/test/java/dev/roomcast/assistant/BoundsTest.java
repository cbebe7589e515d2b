package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

    @ParameterizedTest
    @CsvSource({
        "roomcast.limit.answers-per-room, 0, 1, PT1S",
        "roomcast.limit.answers-per-room, -1, 1, PT1S",
        "roomcast.limit.answer-length, 1, 0, PT1S",
        "roomcast.limit.answer-time, 1, 1, PT0S",
    })
    void a_bound_with_which_nothing_would_be_answered_is_refused_by_name(
            String setting, int answersPerRoom, int length, Duration time) {
        var refused = assertThrows(IllegalArgumentException.class, () -> bounds(answersPerRoom, length, time));
        assertTrue(refused.getMessage().startsWith(setting + " must be "), refused::getMessage);
    }

    @Test
    void a_room_where_no_question_waits_is_none_of_these() {
        assertDoesNotThrow(() -> bounds(1, 1, Duration.ofSeconds(1)));
        assertEquals(0, bounds(1, 1, Duration.ofSeconds(1)).limits().waiting());
    }

    private static Bounds bounds(int answersPerRoom, int length, Duration time) {
        return new Bounds(answersPerRoom, 0, 0, 1, length, time, Duration.ZERO, 0, Optional.empty());
    }
}
