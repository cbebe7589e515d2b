package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.Presence;
import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Rooms;
import dev.roomcast.room.Settled;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers, from the question to one of their four ends, with a model that does what the test says. */
class AssistantTest {

    private static final Member ANA = new Member("ana", "Ana", false);

    private final Threads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final ScriptedModel model = new ScriptedModel();
    private final Room room = new Rooms(MemoryJournals.small()).room(new RoomId("standup"));

    @BeforeEach
    void somebodyIsThere() {
        presence.enter(room.id(), ANA, "s1");
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void an_answer_is_shown_piece_by_piece_and_then_complete() {
        Assistant assistant = assistant(Duration.ofHours(1));
        ask(assistant, "why?", "c1");
        model.says("Because ");
        model.says("of tea.");
        room(state -> text(state).equals("Because of tea."));
        model.ends();
        Settled.Answered answered = settled();
        assertEquals("Because of tea.", answered.text());
        assertEquals(Status.COMPLETE, answered.outcome().status());
        assertEquals(15, answered.outcome().length());
    }

    @Test
    void the_question_is_the_last_thing_the_model_is_told_and_it_is_unchanged() {
        ask(assistant(Duration.ofHours(1)), "  what is [[this]]?\n", "c1");
        model.ends();
        settled();
        assertEquals("  what is [[this]]?\n", model.prompt().turns().get(1).content());
    }

    @Test
    void an_answer_goes_on_when_its_asker_leaves() {
        Assistant assistant = assistant(Duration.ofHours(1));
        presence.enter(room.id(), new Member("ben", "Ben", false), "s2");
        ask(assistant, "why?", "c1");
        model.says("Because ");
        presence.leave(room.id(), ANA, "s1");
        model.says("of tea.");
        model.ends();
        assertEquals("Because of tea.", settled().text());
    }

    @Test
    void an_answer_that_nobody_is_left_to_read_is_stopped_after_the_grace() {
        ask(assistant(Duration.ofMillis(1)), "why?", "c1");
        model.says("Because ");
        presence.leave(room.id(), ANA, "s1");
        Settled.Answered answered = settled();
        assertEquals(Status.CANCELLED, answered.outcome().status());
        assertEquals("Because ", answered.text());
        assertTrue(model.isClosed());
    }

    @Test
    void stop_hangs_up_on_a_silent_provider_and_says_who_did_it() {
        Assistant assistant = assistant(Duration.ofHours(1));
        Appended asked = ask(assistant, "why?", "c1");
        assertTrue(assistant
                .stop(room, "ana", false, asked.outcomeId(), "c2")
                .toCompletableFuture()
                .join());
        Settled.Answered answered = settled();
        assertEquals(Status.CANCELLED, answered.outcome().status());
        assertEquals("ana", answered.outcome().by());
        assertTrue(model.isClosed());
    }

    @Test
    void stop_is_for_who_asked_and_for_answers_under_way() {
        Assistant assistant = assistant(Duration.ofHours(1));
        Appended asked = ask(assistant, "why?", "c1");
        assertRefused(Refused.Code.NOT_ALLOWED, () -> assistant.stop(room, "ben", false, asked.outcomeId(), "c2"));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> assistant.stop(room, "ana", false, "a0", "c3"));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> assistant.stop(room, "mo", true, "a0", "c3"));
        Room other = new Room(new RoomId("elsewhere"), room.journal());
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> assistant.stop(other, "ana", false, asked.outcomeId(), "c4"));
        model.ends();
        settled();
    }

    @Test
    void a_failure_of_the_provider_ends_the_answer_and_keeps_what_came() {
        ask(assistant(Duration.ofHours(1)), "why?", "c1");
        model.says("Because ");
        model.fails("model-cut", "The model went away.");
        Settled.Answered answered = settled();
        assertEquals(Status.FAILED, answered.outcome().status());
        assertEquals("model-cut", answered.outcome().code());
        assertEquals("Because ", answered.text());
    }

    @Test
    void a_broken_model_ends_the_answer_without_showing_its_exception() {
        ask(assistant(Duration.ofHours(1)), "why?", "c1");
        model.breaks(new IllegalStateException("secret"));
        Settled.Answered answered = settled();
        assertEquals(Status.FAILED, answered.outcome().status());
        assertEquals("internal", answered.outcome().code());
        assertFalse(answered.outcome().message().contains("secret"));
    }

    @Test
    void an_endless_answer_is_ended() {
        ask(assistant(Duration.ofHours(1)), "why?", "c1");
        model.says("x".repeat(900));
        model.says("x".repeat(200));
        Settled.Answered answered = settled();
        assertEquals("answer-too-long", answered.outcome().code());
        assertEquals(900, answered.text().length());
    }

    @Test
    void a_repeated_question_is_answered_once() {
        Assistant assistant = assistant(Duration.ofHours(1));
        Appended first = ask(assistant, "why?", "c1");
        Appended again = ask(assistant, "why?", "c1");
        assertTrue(again.repeated());
        assertEquals(first.outcomeId(), again.outcomeId());
        model.ends();
        settled();
        assertEquals(1, model.opened());
    }

    @Test
    void a_room_answers_as_many_questions_at_once_as_it_may_and_then_again() {
        Assistant assistant = assistant(Duration.ofHours(1));
        ask(assistant, "one?", "c1");
        ask(assistant, "two?", "c2");
        var refused = assertThrows(CompletionException.class, () -> ask(assistant, "three?", "c3"));
        assertEquals(Refused.Code.ROOM_BUSY, ((Refused) refused.getCause()).code());
        model.ends();
        model.ends();
        room(state -> state.history().size() == 2);
        ask(assistant, "three?", "c3");
        model.ends();
        room(state -> state.history().size() == 3);
    }

    @Test
    void a_server_that_stops_interrupts_its_answers_and_says_so() {
        Assistant assistant = assistant(Duration.ofHours(1));
        ask(assistant, "why?", "c1");
        assistant.interruptAll();
        assertEquals(Status.INTERRUPTED, settled().outcome().status());
    }

    private Assistant assistant(Duration grace) {
        return new Assistant(
                Models.of(model),
                presence,
                threads,
                "Be kind.",
                1_000,
                2,
                1_000,
                grace,
                new NoLimits(),
                MemoryJournals.alone(),
                "interrupt");
    }

    private Appended ask(Assistant assistant, String prompt, String id) {
        return assistant
                .ask(room, ANA.author(), id, prompt)
                .toCompletableFuture()
                .join();
    }

    private static String text(RoomState state) {
        return state.running().values().stream()
                .map(running -> running.text())
                .findFirst()
                .orElse("");
    }

    private Settled.Answered settled() {
        room(state -> !state.history().isEmpty());
        return (Settled.Answered) room.state().history().get(0);
    }

    /** Waits until the room is like this. */
    private void room(java.util.function.Predicate<RoomState> wanted) {
        Object bell = new Object();
        try (var watch = room.watch(() -> {
            synchronized (bell) {
                bell.notifyAll();
            }
        })) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            synchronized (bell) {
                while (!wanted.test(room.state())) {
                    assertTrue(System.nanoTime() < deadline, "it did not happen");
                    bell.wait(100);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(Refused.Code code, Runnable command) {
        assertEquals(code, assertThrows(Refused.class, command::run).code());
    }
}
