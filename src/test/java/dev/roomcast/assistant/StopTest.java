package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.assertRefused;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.DelegatingJournal;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Settled;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stopping an answer: by whom, when, and what comes of it. */
class StopTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;

    @AfterEach
    void stop() {
        stage.close();
    }

    /** As while Redis does not answer: nobody knows whether the beginning is in the log, and then it is. */
    @Test
    void what_is_cut_off_before_it_has_begun_in_the_log_ends_all_the_same() {
        CompletableFuture<Void> known = new CompletableFuture<>();
        Room slow = new Room(stage.room.id(), new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Appended> append(RoomId room, Draft draft) {
                return draft.content() instanceof Content.AnswerStarted
                        ? known.thenCompose(nothing -> super.append(room, draft))
                        : super.append(room, draft);
            }
        });
        stage.assistant().ask(slow, ANA.author(), null, "why?", Choice.NONE);
        stage.assistant().cutOff();
        known.complete(null);
        stage.room(state -> state.running().isEmpty() && !state.history().isEmpty());
        Settled.Answered answered =
                (Settled.Answered) stage.room.state().history().get(0);
        assertEquals("server-cut-off", answered.outcome().code());
    }

    @Test
    void the_end_is_in_the_log_at_once_although_the_provider_takes_no_notice() {
        DeafModel deaf = new DeafModel();
        stage.models = Models.of(deaf);
        String asked = stage.ask(ANA, "why?");
        deaf.awaitAsked();
        assertTrue(join(stage.assistant().stop(stage.room, "ana", false, asked, "c2")));
        Outcome outcome = ((Settled.Answered) stage.room.state().history().get(0)).outcome();
        assertEquals(Status.CANCELLED, outcome.status());
        assertEquals("ana", outcome.by());
        assertTrue(outcome.usage().estimated() && outcome.usage().promptTokens() > 0);
        deaf.says("too late");
        stage.threads.close();
        assertEquals(List.of("AnswerStarted", "AnswerEnded"), kinds());
    }

    @Test
    void the_event_names_the_command_that_caused_it() {
        Position before = stage.room.state().position();
        String asked = stage.ask(ANA, "why?");
        join(stage.assistant().stop(stage.room, "ana", false, asked, "c2"));
        stage.settled(asked);
        List<Event> events = stage.journal.read(stage.room.id(), before, 10).events();
        assertEquals("c2", events.get(events.size() - 1).re());
    }

    @Test
    void the_provider_is_hung_up_on_before_its_first_word_and_in_the_middle() {
        String asked = stage.ask(ANA, "why?");
        model.awaitOpened(1);
        stage.assistant().stop(stage.room, "ana", false, asked, "c2");
        assertTrue(model.isClosed());
        stage.settled(asked);

        String second = stage.ask(ANA, "why?");
        model.says("Because ");
        stage.room(state -> state.running().get(second).length() > 0);
        stage.assistant().stop(stage.room, "ana", false, second, "c3");
        assertEquals("Because ", stage.settled(second).text());
    }

    @Test
    void a_second_stop_and_one_after_the_end_are_told_that_there_is_nothing_to_stop() {
        String asked = stage.ask(ANA, "why?");
        join(stage.assistant().stop(stage.room, "ana", false, asked, "c2"));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> stage.assistant().stop(stage.room, "ana", false, asked, "c3"));
        assertRefused(
                Refused.Code.NO_SUCH_ANSWER, () -> stage.assistant().withdraw(stage.room, "ana", false, asked, "c4"));
        assertEquals(1, stage.room.state().history().size());
    }

    @Test
    void it_is_for_who_asked_and_for_moderators_who_are_told_besides_the_event() {
        String asked = stage.ask(ANA, "why?");
        assertRefused(Refused.Code.NOT_ALLOWED, () -> stage.assistant().stop(stage.room, "ben", false, asked, "c2"));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> stage.assistant().stop(stage.room, "mo", true, "a0", "c3"));
        Room other = new Room(new RoomId("elsewhere"), stage.journal);
        assertRefused(Refused.Code.NO_SUCH_ANSWER, () -> stage.assistant().stop(other, "ana", false, asked, "c4"));
        assertFalse(join(stage.assistant().stop(stage.room, "mo", true, asked, "c5")));
        assertEquals("mo", stage.outcome(asked).by());
    }

    @Test
    void an_answer_of_another_node_ends_with_the_text_that_the_log_has() {
        Question question = new Question("a1", new Author("ana", "Ana"), "why?", "demo");
        stage.room.append(Draft.of(new Content.AnswerStarted(question)));
        stage.room.append(Draft.of(new Content.AnswerChunk("a1", "ana", 0, "Because ")));
        assertTrue(join(stage.assistant().stop(stage.room, "ana", false, "a1", "c2")));
        assertEquals("Because ", stage.settled("a1").text());
        assertEquals(Status.CANCELLED, stage.outcome("a1").status());
        assertEquals(
                new Outcome.Usage(Tokens.PER_TURN + Tokens.in("why?"), Tokens.in("Because "), true),
                stage.outcome("a1").usage(),
                "the room pays for it");
    }

    @Test
    void an_answer_that_is_stopped_while_the_log_takes_its_time_is_not_complete_without_its_end() throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        CountDownLatch appending = new CountDownLatch(1);
        Journal slow = (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, args) -> {
                    Object result = method.invoke(stage.journal, args);
                    if (method.getName().equals("append")
                            && ((Draft) args[1]).content() instanceof Content.AnswerChunk) {
                        appending.countDown();
                        return taken.thenCompose(now -> (CompletionStage<?>) result);
                    }
                    return result;
                });
        Room room = new Room(stage.room.id(), slow);
        String asked = stage.ask(room, ANA, "why?");
        model.says("Because ");
        assertTrue(appending.await(10, TimeUnit.SECONDS));
        model.says("of the tea");
        model.ends();
        CompletionStage<Boolean> told = stage.assistant().stop(room, "ana", false, asked, "c2");
        taken.complete(null);
        assertTrue(join(told));
        Settled.Answered answered = stage.settled(asked);
        assertEquals(Status.CANCELLED, answered.outcome().status());
        assertEquals("Because ", answered.text());
    }

    @Test
    void who_stops_an_answer_whose_end_is_on_its_way_is_not_told_by_that_end() throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        CountDownLatch ending = new CountDownLatch(1);
        Room slow = new Room(stage.room.id(), new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Appended> append(RoomId room, Draft draft) {
                if (!(draft.content() instanceof Content.AnswerEnded)) {
                    return super.append(room, draft);
                }
                ending.countDown();
                return taken.thenCompose(now -> super.append(room, draft));
            }
        });
        String asked = stage.ask(slow, ANA, "why?");
        model.says("Because");
        model.ends();
        assertTrue(ending.await(10, TimeUnit.SECONDS));
        CompletionStage<Boolean> told = stage.assistant().stop(slow, "ana", false, asked, "c2");
        taken.complete(null);
        assertFalse(join(told));
        assertEquals(Status.COMPLETE, stage.outcome(asked).status());
    }

    /** On another node, so that who stops it takes it for one that waits. */
    @Test
    void a_question_that_begins_and_is_answered_as_it_is_stopped_is_stopped() {
        stage.perRoom = 1;
        String first = stage.ask(ANA, "why?");
        String asked = stage.ask(ANA, "and how?");
        Question question = stage.room.state().waiting().get(asked).question();
        AtomicBoolean begun = new AtomicBoolean();
        Room late = new Room(stage.room.id(), new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Appended> append(RoomId room, Draft draft) {
                if (!begun.getAndSet(true)) {
                    join(super.append(room, Draft.of(new Content.AnswerStarted(question, true))));
                    join(super.append(room, Draft.of(new Content.AnswerChunk(asked, "ana", 0, "So"))));
                }
                return super.append(room, draft);
            }
        });
        assertTrue(join(stage.assistant().stop(late, "ana", false, asked, "c3")));
        assertEquals(Status.CANCELLED, stage.outcome(asked).status());
        assertEquals("So", stage.settled(asked).text());
        assertTrue(stage.room.state().running().containsKey(first));
    }

    @Test
    void who_stops_an_answer_whose_end_does_not_get_into_the_log_is_not_told_by_it() {
        Room cutOff = new Room(stage.room.id(), new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Appended> append(RoomId room, Draft draft) {
                return draft.content() instanceof Content.AnswerEnded
                        ? CompletableFuture.failedStage(new Refused(Refused.Code.UNAVAILABLE, "It is gone."))
                        : super.append(room, draft);
            }
        });
        String asked = stage.ask(cutOff, ANA, "why?");
        model.awaitOpened(1);
        assertFalse(join(stage.assistant().stop(cutOff, "ana", false, asked, "c2")));
        assertTrue(model.isClosed());
    }

    private List<String> kinds() {
        Position start = new Position(stage.room.state().position().epoch(), 0);
        return stage.journal.read(stage.room.id(), start, 10).events().stream()
                .map(event -> event.content().getClass().getSimpleName())
                .toList();
    }
}
