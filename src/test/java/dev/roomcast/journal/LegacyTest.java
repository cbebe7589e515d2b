package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ELSEWHERE;
import static dev.roomcast.journal.JournalContract.ROOM;
import static dev.roomcast.journal.JournalContract.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms that one node alone has open, and that node dies. */
class LegacyTest {

    private RedisServer server;
    private TestNode one;
    private TestNode two;

    @BeforeEach
    void start() throws Exception {
        List<String> settings = new ArrayList<>(RedisServer.KEEPS);
        settings.addAll(RedisServer.user());
        server = RedisServer.start(settings.toArray(String[]::new));
        one = TestNode.hasty(server.url());
        two = TestNode.hasty(server.url());
    }

    @AfterEach
    void stop() {
        if (two != null) {
            one.close();
            two.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void an_answer_ends_in_a_room_that_nobody_has_open_any_more() {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
        one.close();
        await("opened and ended", () -> isOpen() && two.state(ROOM).running().isEmpty());
        Settled.Answered left = (Settled.Answered) two.state(ROOM).history().get(0);
        assertEquals(Outcome.Status.INTERRUPTED, left.outcome().status());
        assertEquals("Because", left.text());
        await("nothing left", () -> left(one).isEmpty());
    }

    @Test
    void so_does_one_of_a_node_that_died_while_there_was_no_other() throws Exception {
        two.close();
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.close();
        two = TestNode.hasty(server.url());
        await("opened and ended", () -> isOpen() && two.state(ROOM).running().isEmpty());
    }

    @Test
    void rooms_that_whoever_looks_after_them_cannot_hold_do_not_keep_it_from_the_one_it_has() throws Exception {
        two.close();
        two = TestNode.small(server.url(), 1);
        two.open(ROOM);
        two.journal.watch(ROOM, () -> {}); // and does not give it up for another
        for (int i = 0; i < 20; i++) {
            one.append(new RoomId("r" + i), new Content.AnswerStarted(question("a" + i)));
        }
        one.append(ROOM, new Content.AnswerStarted(question("a")));
        one.close();
        await("the one looked after", () -> !left(one).contains(ROOM.name()));
        assertTrue(two.state(ROOM).running().isEmpty());
        assertEquals(20, left(one).size(), "the others are for whoever can");
    }

    @Test
    void questions_that_wait_there_are_told_of_and_are_this_nodes_business_from_then_on() throws Exception {
        one.append(ROOM, new Content.AnswerQueued(question("a1")));
        one.close();
        assertEquals(ROOM, two.waiting.poll(60, TimeUnit.SECONDS));
        assertTrue(two.state(ROOM).waiting().containsKey("a1"));
        await("taken over", () -> left(one).isEmpty() && left(two).equals(List.of(ROOM.name())));
    }

    @Test
    void what_is_over_is_nobodys_legacy() {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.append(ELSEWHERE, new Content.AnswerStarted(question("a2")));
        assertEquals(2, left(one).size(), "written down by the time that it is in the log");
        one.append(ROOM, ended("a1", ""));
        await("struck", () -> left(one).equals(List.of(ELSEWHERE.name())));
        one.append(ROOM, new Content.AnswerStarted(question("a3")));
        assertEquals(2, left(one).size(), "and again");
    }

    @Test
    void a_redis_that_forgot_it_is_told_again() {
        one.append(ROOM, new Content.AnswerStarted(question("a1")));
        one.journal.legacy().strike(one.journal.node(), List.of(ROOM.name()));
        await("written down again", () -> left(one).equals(List.of(ROOM.name())));
    }

    private boolean isOpen() {
        try {
            return two.state(ROOM) != null;
        } catch (Refused notYet) {
            return false;
        }
    }

    private List<String> left(TestNode node) {
        return two.journal
                .legacy()
                .of(node.journal.node())
                .toCompletableFuture()
                .join();
    }

    private static void await(String what, BooleanSupplier wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static Question question(String answerId) {
        return new Question(answerId, ANA, "why?", "demo");
    }
}
