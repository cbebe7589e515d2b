package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BucketAllowanceTest {

    private final AtomicLong now = new AtomicLong(1);
    private final TimeMeter clock = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final MemoryCounters counters = new MemoryCounters(clock);
    private final BucketAllowance allowance = new BucketAllowance(2, 2, 3, 1_000, counters, new RefusalNotes(now::get));

    @Test
    void who_asks_too_much_is_told_when_to_ask_again_and_refusals_cost_nothing() {
        for (int i = 0; i < 3; i++) {
            allowance.question("ana", false);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(20_001, refusal(() -> allowance.question("ana", false)).toMillis());
        }
        allowance.question("ben", false);
        pass(Duration.ofMillis(20_001));
        allowance.question("ana", false);
        refusal(() -> allowance.question("ana", false));
    }

    @Test
    void who_is_refused_over_and_over_is_in_the_audit_once_in_a_second_with_how_often() {
        allowance.message("ana", true);
        allowance.message("ana", true);
        List<String> noted = AuditLines.during(() -> {
            for (int i = 0; i < 100; i++) {
                refusal(() -> allowance.message("ana", true));
            }
            pass(Duration.ofMillis(999));
            refusal(() -> allowance.question("ana", true));
            pass(Duration.ofMillis(1));
            refusal(() -> allowance.message("ana", true));
            pass(Duration.ofSeconds(1));
            refusal(() -> allowance.message("ana", true));
        });
        String line = "{\"event\":\"refused\",\"user\":\"ana\",\"code\":\"rate-limited\"";
        assertEquals(List.of(line + "}", line + ",\"unnoted\":\"100\"}", line + "}"), noted);
    }

    @Test
    void of_those_who_are_refused_so_many_are_remembered_and_no_more() {
        RefusalNotes notes = new RefusalNotes(now::get);
        List<String> noted = AuditLines.during(() -> {
            for (int i = 0; i <= RefusalNotes.KEPT; i++) {
                notes.refused("user-" + i);
            }
            notes.refused("user-1");
            notes.refused("user-0"); // forgotten
        });
        assertEquals(RefusalNotes.KEPT + 2, noted.size());
    }

    @Test
    void a_question_that_was_not_asked_costs_nothing() {
        for (int i = 0; i < 10; i++) {
            allowance.question("ana", false);
            allowance.notAsked("ana", false);
        }
        assertEquals(3, left("questions").left());
    }

    @Test
    void nobody_begins_room_after_room_and_a_refusal_costs_nothing() {
        allowance.message("ana", true);
        allowance.question("ana", true);
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    Duration.ofMinutes(30).toMillis() + 1,
                    refusal(() -> allowance.message("ana", true)).toMillis());
            refusal(() -> allowance.question("ana", true));
        }
        assertEquals(9, left("messages").left());
        assertEquals(2, left("questions").left());
        allowance.message("ana", false); // where others have spoken already
        allowance.notAsked("ana", true);
        allowance.message("ana", true);
    }

    @Test
    void people_may_talk_in_bursts() {
        for (int i = 0; i < 10; i++) {
            allowance.message("ana", false);
        }
        refusal(() -> allowance.message("ana", false));
        pass(Duration.ofMillis(501));
        allowance.message("ana", false);
    }

    @Test
    void tokens_are_counted_afterwards_and_what_was_too_much_is_waited_for() {
        allowance.question("ana", false);
        allowance.reserve("ana", "a1", 10);
        allowance.settle("ana", "a1", 10, 1_500);
        assertEquals(0, left("tokens").left());
        Duration wait = refusal(() -> allowance.question("ana", false));
        assertTrue(wait.compareTo(Duration.ofHours(12)) > 0, wait::toString);
        assertEquals(2, left("questions").left(), "the refusal cost nothing");
        pass(wait);
        assertDoesNotThrow(() -> allowance.question("ana", false));
    }

    @Test
    void what_an_answer_may_cost_is_taken_before_it_and_what_it_did_not_is_put_back() {
        allowance.reserve("ana", "a1", 600);
        assertEquals(400, left("tokens").left());
        refusal(() -> allowance.reserve("ana", "a2", 600));
        assertEquals(400, left("tokens").left(), "the refusal cost nothing");
        allowance.settle("ana", "a1", 600, 100);
        assertEquals(900, left("tokens").left());
        allowance.reserve("ana", "a3", 600);
        allowance.settle("ana", "a3", 600, 700);
        assertEquals(200, left("tokens").left());
    }

    @Test
    void an_answer_that_may_cost_more_than_there_ever_is_takes_all() {
        allowance.reserve("ana", "a1", 5_000);
        assertEquals(0, left("tokens").left());
        allowance.settle("ana", "a1", 5_000, 10);
        assertEquals(990, left("tokens").left());
    }

    @Test
    void an_answer_of_a_whole_day_costs_what_it_did_though_all_that_it_held_has_come_back() {
        allowance.reserve("ana", "a1", 600);
        pass(Duration.ofDays(1));
        counters.sweep();
        allowance.settle("ana", "a1", 600, 5_600);
        Duration wait = refusal(() -> allowance.question("ana", false));
        assertTrue(wait.compareTo(Duration.ofDays(3)) > 0, wait::toString);
    }

    @Test
    void what_a_node_that_is_gone_had_taken_for_an_answer_is_settled_once() {
        allowance.reserve("ana", "a1", 600);
        allowance.reserve("ana", "a2", 300);
        allowance.settleLeft("ana", "a1", 50);
        allowance.settleLeft("ana", "a1", 50);
        allowance.settle("ana", "a1", 600, 0); // it was not, and comes to it later
        assertEquals(650, left("tokens").left());
    }

    @Test
    void what_is_left_is_told() {
        assertEquals(new Allowance.Left("questions", 3, 3, Duration.ofMinutes(1)), left("questions"));
        allowance.question("ana", false);
        assertEquals(2, left("questions").left());
        assertEquals(4, allowance.left("ana").size());
        assertEquals(0, new BucketAllowance(0, 0, 0, 0, counters).left("ana").size());
    }

    @Test
    void without_a_limit_nobody_is_refused() {
        BucketAllowance unlimited = new BucketAllowance(0, 0, 0, 0, counters);
        for (int i = 0; i < 1_000; i++) {
            unlimited.message("ana", false);
            unlimited.question("ana", false);
            unlimited.reserve("ana", "a1", 1_000_000);
            unlimited.settle("ana", "a1", 1_000_000, 2_000_000);
        }
    }

    @Test
    void many_at_once_get_exactly_what_there_is_also_while_it_is_swept() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        ExecutorService tabs = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 2_000; i++) {
            tabs.execute(() -> {
                counters.sweep();
                try {
                    allowance.question("ana", false);
                    asked.incrementAndGet();
                } catch (Refused e) {
                    // As it should be.
                }
            });
        }
        tabs.shutdown();
        assertTrue(tabs.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(3, asked.get());
    }

    @Test
    void an_address_from_which_too_many_fail_is_refused_for_a_while() {
        FailedAttempts attempts = new FailedAttempts(2, counters);
        attempts.failed("10.0.0.1");
        attempts.check("10.0.0.1");
        attempts.failed("10.0.0.1");
        refusal(() -> attempts.check("10.0.0.1"));
        attempts.check("10.0.0.2");
        pass(Duration.ofSeconds(31));
        attempts.check("10.0.0.1");
    }

    private Allowance.Left left(String what) {
        return allowance.left("ana").stream()
                .filter(left -> left.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static Duration refusal(Executable what) {
        Refused refused = assertThrows(Refused.class, what);
        assertEquals(Refused.Code.RATE_LIMITED, refused.code());
        return refused.retryAfter();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
