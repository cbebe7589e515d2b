package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static dev.roomcast.journal.JournalContract.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes and a real Redis that dies, loses its memory, or does not answer. */
class RedisNodesTest {

    private final List<TestNode> all = new ArrayList<>();
    private RedisServer server;
    private TestNode one;
    private TestNode two;

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.start(RedisServer.KEEPS.toArray(String[]::new));
        one = node();
        two = node();
    }

    private TestNode node() throws Exception {
        return add(new TestNode(server.url()));
    }

    private TestNode add(TestNode node) {
        all.add(node);
        node.open(ROOM);
        return node;
    }

    @AfterEach
    void stop() {
        all.forEach(TestNode::close);
        if (server != null) {
            server.close();
        }
    }

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
        Position none = new Position(two.state(ROOM).position().epoch(), 1_000_000);
        two.journal.open(ROOM, none).toCompletableFuture().join(); // nobody waits for what is in no log
        server.pause();
        one.await(false);
        two.journal.open(ROOM, two.state(ROOM).position()).toCompletableFuture().join();
        assertThrows(
                CompletionException.class,
                () -> two.journal.open(ROOM, none).toCompletableFuture().join());
        server.goOn();
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
    void the_answers_of_a_node_that_is_gone_end_on_another_and_it_cannot_write_any_more() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
        TestNode other = node();
        one.close();

        other.await(ROOM, state -> state.running().isEmpty());
        Settled.Answered answered =
                (Settled.Answered) other.state(ROOM).history().get(0);
        assertEquals(Outcome.Status.INTERRUPTED, answered.outcome().status());
        assertEquals("Because", answered.text());
    }

    @Test
    void a_node_that_lives_keeps_its_silent_answers() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        TestNode third = node();
        third.append(ROOM, new Content.AnswerStarted(question("a2")));
        third.close();
        // By the time that the answer of the dead node has ended, a lease has passed for the other one, too.
        two.await(ROOM, state -> !state.running().containsKey("a2"));
        assertTrue(two.state(ROOM).running().containsKey("a1"));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "still here"));
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
    void a_redis_that_comes_back_with_its_data_has_all_that_was_acknowledged_once() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        for (int i = 0; i < 5; i++) {
            one.append(ROOM, new Content.AnswerChunk("a1", "ana", i, "x"));
        }
        server.kill();
        var held = one.journal
                .append(ROOM, Draft.of(new Content.AnswerChunk("a1", "ana", 5, "y")))
                .toCompletableFuture();
        server.again();
        held.join();
        one.append(ROOM, ended("a1", "xxxxxy"));
        two.await(ROOM, state -> state.history().size() == 1);
        assertEquals("xxxxxy", ((Settled.Answered) two.state(ROOM).history().get(0)).text());
        assertEquals(one.state(ROOM).position(), two.state(ROOM).position());
    }

    @Test
    void a_redis_that_lost_its_memory_begins_a_new_life_of_the_room_on_all_nodes() throws Exception {
        one.append(ROOM, message("before"));
        two.await(ROOM, state -> state.history().size() == 1);
        Position before = two.state(ROOM).position();
        server.kill();
        server.forget();
        server.again();
        one.await(ROOM, state -> state.position().epoch() != before.epoch());
        two.await(ROOM, state -> state.position().epoch() != before.epoch());
        one.await(true);
        one.append(ROOM, message("after"));
        two.await(ROOM, state -> state.history().size() == 1);
        assertNotEquals(before.epoch(), two.state(ROOM).position().epoch());
        assertEquals(one.state(ROOM).position(), two.state(ROOM).position());
        assertTrue(two.journal.read(ROOM, before, 10).reset());
        assertEquals(List.of("after"), two.messages(ROOM));
    }

    @Test
    void a_redis_that_lost_the_last_event_and_was_written_to_since_begins_a_new_life_on_all_nodes() throws Exception {
        one.append(ROOM, message("before"));
        one.append(ROOM, message("lost"));
        Position lost = one.state(ROOM).position();
        one.loseTheLast(ROOM);
        TestNode later = node(); // has never seen it
        later.append(ROOM, message("instead"));
        later.append(ROOM, message("and more"));
        for (TestNode node : all) {
            node.await(
                    ROOM,
                    state -> state.position().epoch() != lost.epoch()
                            && node.messages(ROOM).equals(List.of("before", "instead", "and more")));
        }
        assertTrue(one.journal.read(ROOM, lost, 10).reset(), "whoever has seen what was lost begins anew");
    }

    @Test
    void what_is_said_where_the_end_was_lost_is_said_in_the_new_life() throws Exception {
        one.append(ROOM, message("before"));
        one.append(ROOM, message("lost"));
        one.loseTheLast(ROOM);
        node().append(ROOM, message("instead"));
        one.append(ROOM, message("mine"));
        for (TestNode node : all) {
            node.await(ROOM, state -> node.messages(ROOM).equals(List.of("before", "instead", "mine")));
        }
    }

    @Test
    void a_node_that_is_cut_off_for_a_lease_is_told_so_also_if_its_answers_say_nothing() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        assertEquals(1, one.cutOff.getCount());
        server.pause();
        assertTrue(one.cutOff.await(20, TimeUnit.SECONDS));
        server.goOn();
    }

    @Test
    void a_silent_answer_outlives_an_outage_that_is_longer_than_a_lease_if_its_node_does_not_give_it_up()
            throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        two.await(ROOM, state -> state.running().containsKey("a1"));
        server.pause();
        assertTrue(one.cutOff.await(20, TimeUnit.SECONDS)); // a lease has passed
        server.goOn();
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "still here"));
        two.await(ROOM, state -> state.running().get("a1").length() > 0);
    }

    @Test
    void without_redis_nothing_is_taken_and_what_was_said_is_still_shown() throws Exception {
        one.append(ROOM, message("before"));
        server.pause();
        one.await(false);
        refused(Refused.Code.UNAVAILABLE, one, message("lost?"));
        assertEquals(List.of("before"), one.messages(ROOM));
        server.goOn();
        one.await(true);
        one.append(ROOM, message("after"));
        assertEquals(List.of("before", "after"), one.messages(ROOM));
    }

    @Test
    void what_was_refused_since_nobody_knew_and_is_in_the_log_nonetheless_is_seen_here_too() throws Exception {
        one.append(ROOM, message("before"));
        server.pause();
        refused(Refused.Code.UNAVAILABLE, one, message("perhaps")); // sent, and waits in front of Redis
        server.goOn();
        two.await(ROOM, state -> two.messages(ROOM).contains("perhaps"));
        one.await(ROOM, state -> one.messages(ROOM).contains("perhaps"));
        assertEquals(two.state(ROOM).position(), one.state(ROOM).position());
    }

    @Test
    void an_answer_that_cannot_be_written_for_a_lease_is_given_up_and_ends_when_redis_is_back() throws Exception {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
        server.kill();
        refused(Refused.Code.UNAVAILABLE, one, new Content.AnswerChunk("a1", "ana", 7, " of"));
        server.again();
        two.await(ROOM, state -> state.running().isEmpty());
        assertEquals("Because", ((Settled.Answered) two.state(ROOM).history().get(0)).text());
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

    private static void refused(Refused.Code code, TestNode node, Content content) {
        var failed = assertThrows(CompletionException.class, () -> node.append(ROOM, content));
        assertEquals(code, ((Refused) failed.getCause()).code());
    }

    private static Content message(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }

    private static Question question(String answerId) {
        return new Question(answerId, ANA, "why?", "demo");
    }
}
