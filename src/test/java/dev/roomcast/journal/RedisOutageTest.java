package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Settled;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two nodes, of which one dies, or whose real Redis does not answer for a while. */
class RedisOutageTest extends TwoNodes {

    @Override
    TestNode begin(String url) throws InterruptedException {
        return TestNode.hasty(url);
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
    void while_redis_answers_and_takes_nothing_rooms_are_not_well_and_nothing_is_taken() throws Exception {
        one.append(ROOM, message("before"));
        server.say("CONFIG SET min-replicas-to-write 1");
        one.await(false);
        refused(Refused.Code.UNAVAILABLE, one, message("lost"));
        assertEquals(List.of("before"), one.messages(ROOM));
        server.say("CONFIG SET min-replicas-to-write 0");
        one.await(true);
        one.append(ROOM, message("after"));
        assertEquals(List.of("before", "after"), one.messages(ROOM));
    }

    @Test
    void what_was_refused_since_nobody_knew_and_is_in_the_log_nonetheless_is_seen_here_too() throws Exception {
        one.append(ROOM, message("before"));
        server.pause();
        Draft perhaps = Draft.of(message("perhaps"), "ana", "c1");
        refused(Refused.Code.UNAVAILABLE, one, perhaps); // sent, and waits in front of Redis
        server.goOn();
        one.arrives(ROOM, perhaps);
        two.await(ROOM, state -> two.messages(ROOM).contains("perhaps"));
        one.await(ROOM, state -> one.messages(ROOM).contains("perhaps"));
        assertEquals(two.state(ROOM).position(), one.state(ROOM).position());
        assertEquals(List.of("before", "perhaps"), one.messages(ROOM), "and once, however often it was sent");
    }

    @Test
    void an_answer_that_was_refused_since_nobody_knew_and_has_begun_nonetheless_is_not_taken_for_left()
            throws Exception {
        one.append(ROOM, message("before"));
        server.pause();
        Draft begun = Draft.of(new Content.AnswerStarted(question("a1")), "ana", "c1");
        refused(Refused.Code.UNAVAILABLE, one, begun);
        server.goOn();
        one.arrives(ROOM, begun);
        assertEquals("a1", one.unheardOf.poll(20, TimeUnit.SECONDS));
        two.await(ROOM, state -> state.running().isEmpty() && state.history().size() == 2);
        assertTrue(two.unheardOf.isEmpty());
    }

    @Test
    void who_has_seen_what_nobody_knows_of_now_does_not_come_in_and_everybody_else_does() throws Exception {
        two.append(ROOM, message("before"));
        server.pause();
        one.await(false);
        two.journal.open(ROOM, two.state(ROOM).position()).toCompletableFuture().join();
        assertThrows(
                CompletionException.class,
                () -> two.journal.open(ROOM, inNoLog(two)).toCompletableFuture().join());
        server.goOn();
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
    void whoever_ended_it_and_was_not_told_so_looks_after_the_question_that_is_asked_again_and_others_can()
            throws Exception {
        Outcome left = Outcome.neverBegun(Outcome.Status.INTERRUPTED, null).ofTheLog();
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        two.await(ROOM, state -> state.running().containsKey("a1"));
        server.pause();
        Draft end = Draft.of(new Content.AnswerEnded("a1", "ana", left)).with(question("a2"));
        assertThrows(
                CompletionException.class,
                () -> two.journal.append(ROOM, end).toCompletableFuture().join()); // sent, and waits in front of Redis
        server.goOn();
        for (TestNode node : List.of(one, two)) {
            assertEquals(ROOM, node.waiting.poll(20, TimeUnit.SECONDS));
            assertEquals(Set.of("a2"), node.state(ROOM).waiting().keySet());
            assertTrue(node.state(ROOM).running().isEmpty());
        }
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
    void a_question_that_is_begun_twice_while_redis_does_not_answer_is_begun_once() throws Exception {
        one.close(); // they would soon take one with a longer lease for dead
        two.close();
        TestNode insistent = add(TestNode.insistent(server.url()));
        insistent.append(ROOM, new Content.AnswerQueued(question("a1")));
        server.pause();
        Draft begin = Draft.of(new Content.AnswerStarted(question("a1"), true));
        List<CompletableFuture<Appended>> tries = Stream.generate(
                        () -> insistent.journal.append(ROOM, begin).toCompletableFuture())
                .limit(2)
                .toList();
        insistent.await(false); // by now they have been sent again, and nobody knows what came of them
        server.goOn();
        CompletableFuture.allOf(tries.toArray(CompletableFuture[]::new))
                .exceptionally(refused -> null)
                .join();
        assertEquals(
                1,
                tries.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count());
        insistent.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
    }
}
