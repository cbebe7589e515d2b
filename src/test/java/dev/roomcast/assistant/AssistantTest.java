package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.BEN;
import static dev.roomcast.assistant.Stage.assertRefused;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.ModelRole;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Settled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers, from the question to one of their four ends, with a model that does what the test says. */
class AssistantTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void an_answer_is_shown_piece_by_piece_and_then_complete() {
        String asked = stage.ask(ANA, "why?");
        model.says("Because ");
        model.says("of tea.");
        stage.room(state -> state.running().containsKey(asked)
                && state.running().get(asked).text().equals("Because of tea."));
        model.ends();
        Settled.Answered answered = stage.settled(asked);
        assertEquals("Because of tea.", answered.text());
        assertEquals(Status.COMPLETE, answered.outcome().status());
        assertEquals(15, answered.outcome().length());
        assertEquals(new Outcome.Usage(10, 20, false), answered.outcome().usage());
        assertNull(answered.outcome().finish());
    }

    @Test
    void an_answer_goes_on_when_its_asker_leaves() {
        String asked = stage.ask(ANA, "why?");
        stage.presence.enter(stage.room.id(), BEN, "s2");
        model.says("Because ");
        stage.presence.leave(stage.room.id(), ANA, "s1");
        model.says("of tea.");
        model.ends();
        assertEquals("Because of tea.", stage.settled(asked).text());
    }

    @Test
    void an_answer_that_nobody_is_left_to_read_is_stopped_after_the_grace() {
        stage.grace = Duration.ofMillis(1);
        String asked = stage.ask(ANA, "why?");
        model.says("Because ");
        stage.room(state -> state.running().get(asked).length() > 0);
        stage.presence.leave(stage.room.id(), ANA, "s1");
        Settled.Answered answered = stage.settled(asked);
        assertEquals(Status.CANCELLED, answered.outcome().status());
        assertNull(answered.outcome().by());
        assertEquals("Because ", answered.text());
        assertTrue(model.isClosed());
    }

    @Test
    void a_failure_of_the_provider_ends_the_answer_and_keeps_what_came() {
        String asked = stage.ask(ANA, "why?");
        model.says("Because ");
        model.fails("model-cut", "The model went away.");
        Settled.Answered answered = stage.settled(asked);
        assertEquals(Status.FAILED, answered.outcome().status());
        assertEquals("model-cut", answered.outcome().code());
        assertEquals("Because ", answered.text());
        assertTrue(answered.outcome().usage().estimated());
        assertEquals(2, answered.outcome().usage().completionTokens());
    }

    @Test
    void a_failure_before_the_first_word_costs_nothing() {
        String asked = stage.ask(ANA, "why?");
        model.fails("model-busy", "The model is busy.");
        assertNull(stage.outcome(asked).usage());
    }

    @Test
    void a_broken_model_ends_the_answer_without_showing_its_exception() {
        String asked = stage.ask(ANA, "why?");
        model.breaks(new IllegalStateException("secret"));
        Outcome outcome = stage.outcome(asked);
        assertEquals(Status.FAILED, outcome.status());
        assertEquals("internal", outcome.code());
        assertFalse(outcome.message().contains("secret"));
    }

    @Test
    void what_a_failed_answer_cost_as_its_provider_counted_it_is_counted() {
        Written written = new Written();
        written.asked(5);
        Outcome outcome = written.failed(new Reason("model-declined", "No.", false), new ModelStream.Usage(7, 3));
        assertEquals(new Outcome.Usage(7, 3, false), outcome.usage());
        assertEquals(10, written.tokens());
    }

    @Test
    void an_answer_ends_also_where_a_library_lacks_a_class() {
        String asked = stage.ask(ANA, "why?");
        model.breaks(new NoClassDefFoundError("secret"));
        assertEquals("internal", stage.outcome(asked).code());
    }

    @Test
    void who_took_over_from_the_model_that_was_asked_is_told() {
        String asked = stage.ask(ANA, "why?");
        model.says("Because.");
        model.ends(new ModelStream.Ending("stop", null, "another"));
        assertEquals("another", stage.outcome(asked).answeredBy());
    }

    @Test
    void an_endless_answer_is_ended() {
        String asked = stage.ask(ANA, "why?");
        model.says("x".repeat(900));
        model.says("x".repeat(200));
        Settled.Answered answered = stage.settled(asked);
        assertEquals("answer-too-long", answered.outcome().code());
        assertEquals(900, answered.text().length());
    }

    @Test
    void an_answer_of_which_something_comes_for_ever_is_ended() {
        stage.answerTime = Duration.ZERO; // is over with the first piece
        String asked = stage.ask(ANA, "why?");
        model.says("Because");
        model.says(" of");
        Outcome outcome = stage.outcome(asked);
        assertEquals("answer-too-long", outcome.code());
        assertEquals("The answer took longer than 0 seconds.", outcome.message());
        assertFalse(outcome.reason().retryable());
        assertTrue(model.isClosed());
    }

    @Test
    void why_a_provider_ended_early_is_told_and_what_it_did_not_count_is_estimated() {
        String asked = stage.ask(ANA, "why?");
        model.says("Because of te");
        model.ends(new ModelStream.Ending("length", null));
        Outcome outcome = stage.outcome(asked);
        assertEquals(Status.COMPLETE, outcome.status());
        assertEquals("length", outcome.finish());
        assertEquals(4, outcome.usage().completionTokens());
        assertTrue(outcome.usage().estimated());
    }

    @Test
    void a_repeated_question_is_answered_once() {
        Appended first = stage.ask(stage.room, ANA, "why?", "c1");
        Appended again = stage.ask(stage.room, ANA, "why?", "c1");
        assertTrue(again.repeated());
        assertEquals(first.outcomeId(), again.outcomeId());
        model.ends();
        stage.settled(first.outcomeId());
        assertEquals(1, model.opened());
    }

    @Test
    void a_model_that_is_not_there_is_not_asked() {
        assertRefused(
                Refused.Code.NO_SUCH_MODEL,
                () -> stage.assistant().ask(stage.room, ANA.author(), "c1", "why?", new Choice("gone", null)));
        assertEquals(0, stage.room.state().position().seq());
        join(stage.assistant().ask(stage.room, ANA.author(), "c1", "why?", new Choice("scripted", null)));
    }

    @Test
    void whoever_asks_for_a_role_is_answered_by_the_model_that_has_it_and_so_is_who_asks_that_again() {
        ScriptedModel fast = new ScriptedModel("quick");
        stage.models = new Models(List.of(
                new Models.Entry(model, ModelRole.DEFAULT, true), new Models.Entry(fast, ModelRole.FAST, false)));
        fast.says("Because.");
        fast.ends();
        String asked = join(stage.assistant().ask(stage.room, ANA.author(), "c1", "why?", new Choice(null, "fast")))
                .outcomeId();
        assertEquals("Because.", stage.settled(asked).text());
        assertEquals("quick", stage.settled(asked).question().model());
        fast.says("Just because.");
        fast.ends();
        String again = join(stage.assistant().again(stage.room, ANA.author(), false, "c2", asked, Choice.NONE))
                .outcomeId();
        assertEquals("Just because.", stage.settled(again).text());
        assertEquals(0, model.opened());
    }

    @Test
    void a_server_that_stops_interrupts_its_answers_says_so_and_takes_no_more() {
        String asked = stage.ask(ANA, "why?");
        stage.assistant().interruptAll();
        assertEquals(Status.INTERRUPTED, stage.outcome(asked).status());
        assertRefused(
                Refused.Code.SERVER_BUSY,
                () -> stage.assistant().ask(stage.room, ANA.author(), "c2", "why?", Choice.NONE));
    }
}
