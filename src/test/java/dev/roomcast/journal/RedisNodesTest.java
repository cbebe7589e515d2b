package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static dev.roomcast.journal.JournalContract.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two nodes that write and read one log in a real Redis. */
class RedisNodesTest extends TwoNodes {

    @Test
    void what_is_said_while_another_node_opens_the_room_is_heard_there() throws Exception {
        for (int i = 0; i < 300; i++) {
            RoomId room = new RoomId("opened-" + i);
            one.open(room);
            one.append(room, message("before"));
            CompletableFuture<?> opened = two.journal.open(room).toCompletableFuture();
            one.append(room, message("meanwhile"));
            opened.join();
            two.await(room, state -> state.history().size() == 2);
        }
    }

    @Test
    void what_is_said_on_one_node_is_heard_on_the_other() throws Exception {
        one.append(ROOM, message("hello"));
        two.await(ROOM, state -> state.history().size() == 1);
        two.append(ROOM, message("hi"));
        one.await(ROOM, state -> state.history().size() == 2);
        assertEquals(one.state(ROOM).position(), two.state(ROOM).position());
        assertEquals(List.of("hello", "hi"), one.messages(ROOM));
    }

    @Test
    void who_comes_from_a_node_that_is_a_moment_ahead_finds_what_they_have_seen() throws Exception {
        for (int i = 0; i < 50; i++) {
            Position seen = one.append(ROOM, message("hello " + i)).position();
            two.journal.open(ROOM, seen).toCompletableFuture().join(); // and not: two hears of it
            assertTrue(two.state(ROOM).position().seq() >= seen.seq(), "it is behind");
        }
        two.journal.open(ROOM, inNoLog(two)).toCompletableFuture().join(); // nobody waits for that
    }

    @Test
    void whoever_ends_an_answer_elsewhere_need_not_have_read_it_to_its_end() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Tea "));
        two.await(ROOM, state -> !state.running().isEmpty());
        RoomState then = two.state(ROOM);
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 4, "is ready")); // as it always does behind a slow line
        Content stopped =
                new Content.AnswerEnded("a1", "ana", Outcome.withdrawn("ben").ofTheLog());
        assertEquals("ok", two.appendAsOf(then, ROOM, stopped).what());
        for (TestNode node : List.of(one, two)) {
            node.await(ROOM, state -> state.running().isEmpty());
            Settled.Answered answer =
                    (Settled.Answered) node.state(ROOM).history().get(0);
            assertEquals("Tea is ready", answer.text());
            assertEquals(
                    ended("a1", "Tea is ready").outcome().digest(),
                    answer.outcome().digest());
        }
        assertThrows(CompletionException.class, () -> one.append(ROOM, new Content.AnswerChunk("a1", "ana", 12, ".")));
    }

    @Test
    void so_they_need_not_if_an_older_version_writes_it_but_for_the_last_words() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Tea "));
        two.await(ROOM, state -> !state.running().isEmpty());
        RoomState then = two.state(ROOM);
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 4, "is ready"));
        one.forgetDigest(ROOM, "a1");
        Content stopped =
                new Content.AnswerEnded("a1", "ana", Outcome.withdrawn("ben").ofTheLog());
        assertEquals("stale", two.appendAsOf(then, ROOM, stopped).what());
        two.append(ROOM, stopped); // having read it
        one.await(ROOM, state -> state.running().isEmpty());
        Settled.Answered answer = (Settled.Answered) one.state(ROOM).history().get(0);
        assertEquals(
                ended("a1", "Tea is ready").outcome().digest(), answer.outcome().digest());
    }

    @Test
    void an_answer_that_its_own_node_has_dropped_ends_there() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerStarted(question("a2")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Tea "));
        one.dropped.add("a1");
        two.await(ROOM, state -> state.running().size() == 1);
        one.append(ROOM, new Content.AnswerChunk("a2", "ana", 0, "Still written"));
        assertEquals(Set.of("a2"), one.state(ROOM).running().keySet());
    }

    @Test
    void what_falls_off_the_history_just_before_it_is_removed_harms_nothing() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.append(ROOM, message("" + i));
        }
        two.await(ROOM, state -> state.history().size() == 100);
        RoomState then = two.state(ROOM);
        one.append(ROOM, message("one more"));
        assertEquals("ok", two.appendAsOf(then, ROOM, removal("m-0")).what());
        Position last = one.append(ROOM, message("after")).position();
        TestNode late = node();
        late.open(ROOM);
        for (TestNode node : List.of(one, two, late)) {
            node.await(ROOM, state -> state.position().equals(last));
            assertEquals(then.position().epoch(), node.state(ROOM).position().epoch());
            assertEquals(100, node.messages(ROOM).size());
        }
    }

    @Test
    void what_a_node_has_not_read_yet_can_be_removed_there() throws Exception {
        one.append(ROOM, message("before"));
        two.await(ROOM, state -> !state.history().isEmpty());
        RoomState then = two.state(ROOM);
        one.append(ROOM, message("spam"));
        assertEquals("stale", two.appendAsOf(then, ROOM, removal("m-spam")).what());
        assertEquals(
                "refused",
                two.appendAsOf(one.state(ROOM), ROOM, removal("m-no")).what());
        two.append(ROOM, removal("m-spam"));
        one.await(ROOM, state -> state.history().size() == 1);
    }

    private static Content removal(String messageId) {
        return new Content.Removed(messageId, null, ANA);
    }

    @Test
    void the_same_command_on_another_node_is_the_same_command() {
        Draft first = Draft.of(new Content.Message("m1", ANA, "hello"), "ana", "c1");
        Draft again = Draft.of(new Content.Message("m2", ANA, "hello"), "ana", "c1");
        one.journal.append(ROOM, first).toCompletableFuture().join();
        var repeat = two.journal.append(ROOM, again).toCompletableFuture().join();
        assertTrue(repeat.repeated());
        assertEquals("m1", repeat.outcomeId());
    }

    @Test
    void two_nodes_do_not_take_the_last_seat_twice() throws Exception {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Draft draft = Draft.of(new Content.AnswerStarted(question("a" + i))).within(new Limits(3, 100, 100));
            asked.add((i % 2 == 0 ? one : two).journal.append(ROOM, draft).toCompletableFuture());
        }
        asked.forEach(CompletableFuture::join);
        one.await(ROOM, state -> state.position().seq() == asked.size());
        assertEquals(3, one.state(ROOM).running().size());
        assertEquals(17, one.state(ROOM).waiting().size());
    }

    @Test
    void two_nodes_do_not_spend_the_same_tokens_of_a_room() throws Exception {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Draft draft = WaitingContract.holding("a" + i, 25);
            asked.add((i % 2 == 0 ? one : two)
                    .journal
                    .append(ROOM, draft)
                    .toCompletableFuture()
                    .exceptionally(refused -> null));
        }
        asked.forEach(CompletableFuture::join);
        one.await(ROOM, state -> state.running().size() == 4);
        try (TestNode late = new TestNode(server.url())) {
            late.open(ROOM);
            refused(Refused.Code.ROOM_BUDGET, late, WaitingContract.holding("late", 1));
        }
    }

    @Test
    void a_node_that_comes_late_has_the_snapshot_and_what_came_after_it() throws Exception {
        TestNode brief = add(new TestNode(server.url(), new Retention(100, 1_000_000, 300_000, 3_600_000)));
        brief.append(ROOM, new Content.AnswerStarted(question("a1")));
        brief.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because "));
        for (int i = 0; i < 12; i++) {
            List<CompletableFuture<?>> said = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                said.add(brief.journal
                        .append(ROOM, Draft.of(message(i + "." + j)))
                        .toCompletableFuture());
            }
            said.forEach(CompletableFuture::join);
        }
        brief.append(ROOM, new Content.AnswerChunk("a1", "ana", 8, "of tea."));

        TestNode late = node();
        assertEquals(brief.state(ROOM).position(), late.state(ROOM).position());
        assertEquals(brief.messages(ROOM), late.messages(ROOM));
        assertEquals("Because of tea.", late.state(ROOM).running().get("a1").text());
        Position head = late.state(ROOM).position();
        assertTrue(late.journal.read(ROOM, new Position(head.epoch(), 0), 10).reset(), "the beginning was trimmed");
        assertEquals(
                50,
                late.journal
                        .read(ROOM, new Position(head.epoch(), head.seq() - 50), 100)
                        .events()
                        .size());
    }

    @Test
    void an_answer_that_somebody_took_for_a_waiting_question_goes_on() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because "));
        refused(
                Refused.Code.NO_SUCH_ANSWER,
                one,
                new Content.AnswerEnded("a1", "ana", Outcome.withdrawn("ana"))); // of a text without length
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 8, "of tea"));
        Content stopped =
                new Content.AnswerEnded("a1", "ana", Outcome.withdrawn("ben").ofTheLog());
        two.await(ROOM, state -> !state.running().isEmpty());
        two.append(ROOM, stopped);
        assertEquals(
                ended("a1", "Because of tea").outcome().digest(),
                ((Settled.Answered) two.state(ROOM).history().get(0)).outcome().digest());
    }

    @Test
    void nobody_writes_the_answer_of_another_node() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        two.await(ROOM, state -> state.running().containsKey("a1"));
        refused(Refused.Code.NO_SUCH_ANSWER, two, new Content.AnswerChunk("a1", "ana", 0, "mine"));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "mine"));
    }

    @Test
    void any_node_may_end_an_answer_and_then_its_holder_cannot_write_any_more() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
        two.await(ROOM, state -> state.position().seq() == 2);
        two.append(ROOM, ended("a1", "Because"));
        refused(Refused.Code.NO_SUCH_ANSWER, one, new Content.AnswerChunk("a1", "ana", 7, " of"));
        assertTrue(one.state(ROOM).running().isEmpty(), "whoever is refused sees why");
    }

    @Test
    void an_answer_is_appended_forty_times_a_second_at_the_most() {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            one.append(ROOM, new Content.AnswerChunk("a1", "ana", i, "x"));
        }
        assertTrue(System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(20 * 25), "it went faster");
    }
}
