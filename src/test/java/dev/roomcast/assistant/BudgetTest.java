package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.BEN;
import static dev.roomcast.assistant.Stage.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.NoLimits;
import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens: held before an answer begins, settled after it, of its asker and of its room. */
class BudgetTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;
    private final Purse purse = new Purse(1_000);

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void what_an_answer_may_cost_is_held_until_it_is_known_what_it_did() {
        stage.allowance = purse;
        String asked = stage.ask(ANA, "why?");
        long held = 1_000 - purse.left("ana", 0);
        assertTrue(held > 100, held + " for the prompt and an answer of 100 tokens");
        model.says("Because.");
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(30, 12)));
        stage.settled(asked);
        purse.awaitLeft("ana", 958);
    }

    @Test
    void a_stopped_answer_costs_what_it_is_estimated_to_have_cost() {
        stage.allowance = purse;
        String asked = stage.ask(ANA, "why?");
        model.says("Because of tea. ");
        stage.room(state -> state.running().get(asked).length() > 0);
        stage.assistant().stop(stage.room, "ana", false, asked, "c1");
        var usage = stage.outcome(asked).usage();
        assertTrue(usage.estimated());
        assertEquals(4, usage.completionTokens());
        purse.awaitLeft("ana", 1_000 - usage.promptTokens() - usage.completionTokens());
    }

    @Test
    void who_cannot_pay_for_an_answer_is_refused_and_the_room_hears_nothing() {
        stage.allowance = new Purse(10);
        assertRefused(
                Code.RATE_LIMITED, () -> stage.assistant().ask(stage.room, ANA.author(), "c1", "why?", Choice.NONE));
        assertEquals(0, stage.room.state().position().seq());
        assertEquals(10, ((Purse) stage.allowance).left("ana", 0));
    }

    @Test
    void a_question_that_waits_holds_nothing_and_fails_at_its_turn_if_nothing_is_left_then() {
        stage.allowance = new Purse(600);
        Purse small = (Purse) stage.allowance;
        stage.perRoom = 1;
        String first = stage.ask(ANA, "1");
        long left = small.left("ana", 0);
        String second = stage.ask(ANA, "2");
        String bens = stage.ask(BEN, "3");
        assertEquals(left, small.left("ana", 0));
        model.says("Because.");
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(500, 90)));
        stage.settled(first);
        model.ends();
        stage.settled(bens);
        assertEquals("rate-limited", stage.outcome(second).code());
        assertEquals(Status.FAILED, stage.outcome(second).status());
    }

    @Test
    void a_room_has_its_tokens_for_a_day_whoever_asks() {
        stage.tokensPerDay = 1_000;
        String first = stage.ask(ANA, "why?");
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(700, 90)));
        stage.settled(first);
        assertEquals(790, stage.room.state().spent().tokens());
        Refused refused = assertRefused(
                Code.ROOM_BUDGET, () -> stage.assistant().ask(stage.room, BEN.author(), "c1", "why?", Choice.NONE));
        assertTrue(refused.code().retryable());
        assertTrue(refused.retryAfter().compareTo(Duration.ofDays(1)) <= 0);
        // Another room has its own.
        stage.ask(stage.room("elsewhere"), BEN, "why?");
    }

    @Test
    void answers_under_way_count_for_the_room_before_they_are_over() {
        stage.tokensPerDay = 400;
        stage.perRoom = 4;
        stage.ask(ANA, "1");
        Refused refused = assertRefused(
                Code.ROOM_BUDGET, () -> stage.assistant().ask(stage.room, BEN.author(), "c1", "2", Choice.NONE));
        assertTrue(refused.retryAfter().compareTo(Duration.ofMinutes(1)) < 0, "it may be free again soon");
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(10, 10)));
        stage.room(state -> state.running().isEmpty());
        stage.assistant();
        awaitTaken();
    }

    @Test
    void a_question_that_waits_waits_on_for_what_is_held_and_may_not_be_needed() {
        stage.tokensPerDay = 1_000;
        stage.perRoom = 2;
        stage.ask(ANA, "1");
        stage.ask(BEN, "2");
        String third = stage.ask(ANA, "3");
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(350, 350)));
        stage.room(state -> state.running().size() == 1);
        model.ends(new ModelStream.Ending("stop", new ModelStream.Usage(5, 5)));
        stage.room(state -> state.running().containsKey(third));
    }

    /** What is held is given back a moment after the end is seen. */
    private void awaitTaken() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                Stage.join(stage.assistant().ask(stage.room, BEN.author(), "c2", "2", Choice.NONE));
                return;
            } catch (java.util.concurrent.CompletionException e) {
                assertTrue(System.nanoTime() < deadline, "it was never given back");
                Thread.onSpinWait();
            }
        }
    }

    /** So many tokens for each user, which do not come back. */
    private static final class Purse extends NoLimits {

        private final long each;
        private final Map<String, Long> taken = new ConcurrentHashMap<>();

        Purse(long each) {
            this.each = each;
        }

        long left(String userId, long none) {
            return each - taken.getOrDefault(userId, none);
        }

        synchronized void awaitLeft(String userId, long wanted) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            try {
                while (left(userId, 0) != wanted) {
                    assertTrue(System.nanoTime() < deadline, left(userId, 0) + " are left");
                    wait(100);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public synchronized void reserve(String userId, String answerId, long tokens) {
            if (left(userId, 0) < tokens) {
                throw new Refused(Code.RATE_LIMITED, "Too much.", Duration.ofHours(1));
            }
            taken.merge(userId, tokens, Long::sum);
        }

        @Override
        public synchronized void settle(String userId, String answerId, long reserved, long used) {
            taken.merge(userId, used - reserved, Long::sum);
            notifyAll();
        }
    }
}
