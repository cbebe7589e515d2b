package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ROOM;
import static dev.roomcast.journal.JournalContract.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Position;
import dev.roomcast.room.Settled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes and a real Redis that dies and comes back with what it had, or without all or some of it. */
class RedisMemoryTest extends TwoNodes {

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
}
