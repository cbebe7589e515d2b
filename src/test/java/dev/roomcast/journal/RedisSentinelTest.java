package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisSentinel;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that find Redis by a real Sentinel, and a master that dies: the nodes go on with its replica. */
class RedisSentinelTest {

    private final List<TestNode> all = new ArrayList<>();
    private RedisSentinel redis;
    private TestNode one;
    private TestNode two;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisSentinel();
        one = node();
        two = node();
    }

    private TestNode node() throws Exception {
        return opened(new TestNode(redis.url()));
    }

    private TestNode opened(TestNode node) {
        all.add(node);
        node.open(ROOM);
        return node;
    }

    @AfterEach
    void stop() {
        all.forEach(TestNode::close);
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void what_the_replica_has_goes_on_where_it_was_and_nodes_agree_again() throws Exception {
        one.append(ROOM, said("before"));
        one.append(ROOM, new Content.AnswerStarted(new Question("a1", ANA, "why?", "demo")));
        one.append(ROOM, new Content.AnswerChunk("a1", "ana", 0, "Because"));
        two.await(ROOM, state -> !state.running().isEmpty());
        Position before = two.state(ROOM).position();
        redis.awaitReplica();
        redis.failOver();

        sayUntilTaken(one, "after");
        two.await(ROOM, state -> two.messages(ROOM).contains("after"));
        assertEquals(before.epoch(), two.state(ROOM).position().epoch(), "nothing was lost, so it is the same log");
        assertEquals(List.of("before", "after"), two.messages(ROOM));
        // Its writer is still there; whether it has given up meanwhile is a matter of time, and then it has ended.
        TestNode late = node();
        late.append(ROOM, said("later"));
        one.await(ROOM, state -> one.messages(ROOM).contains("later"));
        two.await(ROOM, state -> state.position().equals(one.state(ROOM).position()));
        one.await(
                ROOM,
                state -> state.running().isEmpty()
                        || state.running().get("a1").text().equals("Because"));
    }

    @Test
    void what_the_replica_never_got_is_a_new_beginning_for_all() throws Exception {
        one.append(ROOM, said("kept"));
        two.await(ROOM, state -> state.history().size() == 1);
        redis.awaitReplica();
        redis.severReplica();
        one.append(ROOM, said("lost"));
        two.await(ROOM, state -> state.history().size() == 2);
        Position before = two.state(ROOM).position();
        redis.failOver();

        sayUntilTaken(one, "after");
        one.await(ROOM, state -> state.position().epoch() != before.epoch());
        two.await(ROOM, state -> state.position().equals(one.state(ROOM).position()));
        assertEquals(List.of("kept", "after"), two.messages(ROOM));
        assertTrue(two.journal.read(ROOM, before, 10).reset(), "who had seen it is told anew");
    }

    @Test
    void a_master_that_ends_no_connection_when_it_dies_is_left_for_the_other_one() throws Exception {
        one = opened(TestNode.insistent(redis.url())); // soon to be without patience for a silent one
        two = opened(TestNode.insistent(redis.url()));
        one.append(ROOM, said("before"));
        redis.awaitReplica();
        redis.failOverInSilence();

        sayUntilTaken(one, "after");
        two.await(ROOM, state -> two.messages(ROOM).equals(List.of("before", "after")));
    }

    /** As clients do: the same command, until it is acknowledged. */
    private static void sayUntilTaken(TestNode node, String text) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            node.await(true);
            try {
                node.journal
                        .append(ROOM, Draft.of(said(text), "ana", text))
                        .toCompletableFuture()
                        .join();
                return;
            } catch (java.util.concurrent.CompletionException refused) {
                // Redis has not come back, or not for good.
            }
        }
        throw new AssertionError("was not taken");
    }

    private static Content said(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }
}
