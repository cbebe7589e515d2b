package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.BEN;
import static dev.roomcast.assistant.Stage.assertRefused;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.Member;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.DelegatingJournal;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions beyond what is answered at once: who is next, in a room and between rooms, and how waiting ends otherwise. */
class QueueTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void who_asks_many_times_waits_behind_who_asks_once() {
        stage.perRoom = 1;
        stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        String third = stage.ask(ANA, "3");
        String bens = stage.ask(BEN, "4");
        assertEquals(List.of(second, third, bens), stage.waiting());
        for (int i = 0; i < 4; i++) {
            model.ends();
        }
        stage.room(state -> state.history().size() == 4);
        assertEquals(List.of("1", "4", "2", "3"), prompts(stage.room));
    }

    @Test
    void as_many_are_answered_at_once_as_may_be_and_the_next_begins_when_one_ends() {
        stage.ask(ANA, "1");
        stage.ask(ANA, "2");
        String third = stage.ask(ANA, "3");
        assertEquals(2, stage.room.state().running().size());
        assertEquals(List.of(third), stage.waiting());
        model.ends();
        stage.room(state -> state.running().containsKey(third));
        assertEquals(2, stage.room.state().running().size());
    }

    @Test
    void what_somebody_asked_who_may_not_ask_any_more_does_not_wait_any_longer() {
        stage.perRoom = 1;
        stage.ask(ANA, "1");
        stage.ask(BEN, "2");
        String anas = stage.ask(ANA, "3");
        stage.ask(BEN, "4");
        stage.assistant().withdrawAll(stage.room, BEN.userId(), "mo");
        stage.room(state -> state.waiting().size() == 1);
        assertEquals(List.of(anas), stage.waiting());
        model.ends();
        model.ends();
        stage.room(state -> state.history().size() == 2);
        assertEquals(List.of("1", "3"), prompts(stage.room));
    }

    @Test
    void a_question_that_was_asked_again_while_it_waits_waits_once() {
        stage.perRoom = 1;
        stage.ask(ANA, "1");
        Appended first = stage.ask(stage.room, ANA, "2", "c1");
        Appended again = stage.ask(stage.room, ANA, "2", "c1");
        assertTrue(first.waits());
        assertTrue(again.repeated());
        assertEquals(List.of(first.outcomeId()), stage.waiting());
    }

    @Test
    void a_room_with_many_questions_waits_behind_one_with_few_for_the_servers_places() {
        stage.perNode = 1;
        stage.ask(ANA, "first");
        Room other = stage.room("elsewhere");
        List<String> begun = new ArrayList<>();
        try (var here = stage.room.watch(() -> note(stage.room, begun));
                var there = other.watch(() -> note(other, begun))) {
            stage.ask(ANA, "here 1");
            stage.ask(ANA, "here 2");
            stage.ask(BEN, "here 3");
            stage.ask(other, ANA, "there 1");
            stage.ask(other, ANA, "there 2");
            for (int i = 0; i < 6; i++) {
                model.ends();
            }
            Stage.await(other, state -> state.history().size() == 2);
            stage.room(state -> state.history().size() == 4);
        }
        assertEquals(List.of("first", "here 3", "there 1", "here 1", "there 2", "here 2"), begun);
    }

    @Test
    void a_room_that_cannot_be_read_any_more_keeps_no_other_from_its_turn() {
        AtomicBoolean givenUp = new AtomicBoolean();
        Refused refused = new Refused(Refused.Code.UNAVAILABLE, "It is not open here.");
        Journal journal = new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Void> open(RoomId room) {
                return givenUp.get() ? CompletableFuture.failedStage(refused) : super.open(room);
            }

            @Override
            public RoomState state(RoomId room) {
                if (givenUp.get()) {
                    throw refused;
                }
                return super.state(room);
            }
        };
        stage.lasting = true; // only a log that others keep, too, is given up while a question waits in it
        stage.perNode = 1;
        stage.ask(ANA, "first");
        stage.ask(new Room(new RoomId("given-up"), journal), ANA, "never");
        stage.ask(ANA, "second");
        givenUp.set(true);
        model.ends();
        stage.room(state -> prompts(state).contains("second"));
        model.ends();
        stage.room(state -> state.history().size() == 2);
        stage.ask(ANA, "third");
        stage.room(state -> prompts(state).contains("third"));
    }

    private static List<String> prompts(RoomState state) {
        return state.running().values().stream()
                .map(answer -> answer.question().prompt())
                .toList();
    }

    private static void note(Room room, List<String> begun) {
        room.state().running().values().forEach(answer -> {
            synchronized (begun) {
                if (!begun.contains(answer.question().prompt())) {
                    begun.add(answer.question().prompt());
                }
            }
        });
    }

    @Test
    void a_question_for_which_the_server_has_no_place_waits_although_its_room_has() {
        stage.perNode = 1;
        stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        assertEquals(List.of(second), stage.waiting());
        model.ends();
        stage.room(state -> state.running().containsKey(second));
    }

    @Test
    void who_asked_and_a_moderator_may_withdraw_and_nobody_else() {
        stage.perRoom = 1;
        stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        String third = stage.ask(ANA, "3");
        assertRefused(
                Refused.Code.NOT_ALLOWED, () -> stage.assistant().withdraw(stage.room, "ben", false, second, "c1"));
        assertTrue(join(stage.assistant().withdraw(stage.room, "ana", false, second, "c2")));
        assertFalse(join(stage.assistant().stop(stage.room, "mo", true, third, "c3")));
        assertTrue(stage.waiting().isEmpty());
        model.ends();
        stage.room(state -> state.running().isEmpty());
        assertEquals(1, stage.room.state().history().size());
        assertEquals(1, model.opened());
    }

    @Test
    void more_questions_than_may_wait_are_refused() {
        stage.perRoom = 1;
        for (int i = 0; i < 4; i++) {
            stage.ask(ANA, "why?");
        }
        assertRefused(
                Refused.Code.ROOM_BUSY,
                () -> stage.assistant().ask(stage.room, ANA.author(), null, "why?", Choice.NONE));
        stage.ask(BEN, "why?");
        assertEquals(4, stage.waiting().size());
    }

    @Test
    void a_stopped_answer_makes_place_for_the_next() {
        stage.perRoom = 1;
        String first = stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        stage.assistant().stop(stage.room, "ana", false, first, "c1");
        stage.room(state -> state.running().containsKey(second));
    }

    @Test
    void a_question_that_nobody_is_left_to_read_is_not_answered() {
        stage.perRoom = 1;
        stage.grace = Duration.ofMillis(1);
        stage.ask(ANA, "1");
        stage.ask(ANA, "2");
        stage.presence.leave(stage.room.id(), ANA, "s1");
        stage.room(state -> state.running().isEmpty() && state.waiting().isEmpty());
        assertEquals(
                Status.CANCELLED,
                ((Settled.Answered) stage.room.state().history().get(0))
                        .outcome()
                        .status());
    }

    @Test
    void questions_that_a_node_left_behind_are_answered_where_somebody_is() {
        Question left = new Question("a1", new Author("cleo", "Cleo"), "still there?", "scripted");
        stage.room.append(Draft.of(new Content.AnswerQueued(left)));
        stage.assistant();
        model.says("Yes.");
        model.ends();
        assertEquals("Yes.", stage.settled("a1").text());
    }

    @Test
    void a_question_that_is_about_to_begin_is_not_begun_once_more() {
        join(stage.room.append(Draft.of(new Content.AnswerQueued(new Question("a1", ANA.author(), "1", "scripted")))));
        AtomicInteger begun = new AtomicInteger();
        Journal slow = new DelegatingJournal(stage.journal) {
            @Override
            public CompletionStage<Appended> append(RoomId room, Draft draft) {
                begun.incrementAndGet();
                return new CompletableFuture<>(); // as while Redis does not answer
            }
        };
        Room room = new Room(stage.room.id(), slow);
        stage.assistant().lookAtOnce(room);
        stage.assistant().lookAtOnce(room);
        assertEquals(1, begun.get());
    }

    @Test
    void a_question_whose_model_is_gone_when_it_is_its_turn_fails_and_the_next_one_is_answered() {
        stage.perRoom = 1;
        Member cleo = new Member("cleo", "Cleo", false);
        stage.ask(ANA, "1");
        Question gone = new Question("a1", cleo.author(), "2", "gone");
        stage.room.append(Draft.of(new Content.AnswerQueued(gone)));
        String third = stage.ask(BEN, "3");
        model.ends();
        stage.room(state -> state.running().containsKey(third));
        assertEquals("no-such-model", stage.outcome("a1").code());
    }

    /** During an update, another may. */
    @Test
    void a_question_whose_model_this_node_does_not_know_is_left_to_others_for_a_while() {
        stage.perRoom = 1;
        stage.lasting = true;
        Member cleo = new Member("cleo", "Cleo", false);
        stage.ask(ANA, "1");
        stage.room.append(Draft.of(new Content.AnswerQueued(new Question("a1", cleo.author(), "2", "newer"))));
        String third = stage.ask(BEN, "3");
        model.ends();
        stage.room(state -> state.running().containsKey(third));
        assertTrue(stage.room.state().waiting().containsKey("a1"));
    }

    @Test
    void and_fails_if_nobody_does() {
        stage.perRoom = 1;
        stage.lasting = true;
        stage.grace = Duration.ZERO;
        Member cleo = new Member("cleo", "Cleo", false);
        stage.ask(ANA, "1");
        stage.room.append(Draft.of(new Content.AnswerQueued(new Question("a1", cleo.author(), "2", "newer"))));
        model.ends();
        assertEquals("no-such-model", stage.outcome("a1").code());
    }

    @Test
    void a_server_that_stops_says_so_to_those_who_wait_if_nobody_else_could_answer() {
        stage.perRoom = 1;
        String first = stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        stage.assistant().drain();
        assertEquals("server-stopped", stage.outcome(second).code());
        assertEquals(Status.INTERRUPTED, stage.outcome(second).status());
        model.says("Still ");
        model.ends();
        assertEquals("Still ", stage.settled(first).text());
    }

    @Test
    void in_a_log_that_lasts_what_waits_is_left_to_others() {
        stage.perRoom = 1;
        stage.lasting = true;
        String first = stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        stage.assistant().interruptAll();
        stage.settled(first);
        assertEquals(Set.of(second), stage.room.state().waiting().keySet());
        assertTrue(stage.room.state().running().isEmpty());
    }

    private static List<String> prompts(Room room) {
        return room.state().history().stream()
                .map(settled -> ((Settled.Answered) settled).question().prompt())
                .toList();
    }
}
