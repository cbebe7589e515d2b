package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Settled;
import dev.roomcast.room.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every journal keeps to. One subclass for each implementation. */
abstract class JournalContract extends WaitingContract {

    @Test
    void what_is_appended_is_read_once_and_in_order() {
        Position start = journal.state(ROOM).position();
        append(message("one"));
        append(message("two"));
        append(message("three"));

        Slice slice = journal.read(ROOM, start, 100);

        assertEquals(List.of("one", "two", "three"), texts(slice));
        assertEquals(journal.state(ROOM).position(), slice.next());
        assertTrue(journal.read(ROOM, slice.next(), 100).events().isEmpty());
    }

    @Test
    void a_slice_ends_at_the_limit_and_the_next_one_goes_on_there() {
        Position start = journal.state(ROOM).position();
        for (int i = 0; i < 10; i++) {
            append(message("m" + i));
        }
        List<String> read = new ArrayList<>();
        Position at = start;
        Slice slice;
        while (!(slice = journal.read(ROOM, at, 3)).events().isEmpty()) {
            assertTrue(slice.events().size() <= 3);
            read.addAll(texts(slice));
            at = slice.next();
        }
        assertEquals(List.of("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"), read);
    }

    @Test
    void rooms_do_not_see_each_other() {
        append(message("here"));
        RoomId other = ELSEWHERE;
        assertEquals(0, journal.state(other).position().seq());
        assertNotEquals(
                journal.state(ROOM).position().epoch(),
                journal.state(other).position().epoch());
    }

    @Test
    void a_state_and_the_cursor_from_its_position_leave_nothing_out() {
        start("a1");
        chunk("a1", 0, "Tea ");
        var state = journal.state(ROOM);
        chunk("a1", 4, "is ready");

        assertEquals("Tea ", state.running().get("a1").text());
        Slice rest = journal.read(ROOM, state.position(), 100);
        assertEquals(1, rest.events().size());
        assertEquals(
                new Content.AnswerChunk("a1", "ana", 4, "is ready"),
                rest.events().get(0).content());
    }

    @Test
    void an_ended_answer_is_settled_as_one_text() {
        start("a1");
        chunk("a1", 0, "Tea ");
        chunk("a1", 4, "is ready");
        end("a1", "Tea is ready");

        var state = journal.state(ROOM);
        assertTrue(state.running().isEmpty());
        Settled.Answered answered = (Settled.Answered) state.history().get(0);
        assertEquals("Tea is ready", answered.text());
        assertEquals(Outcome.Status.COMPLETE, answered.outcome().status());
    }

    @Test
    void an_answer_has_one_text_and_ends_once() {
        start("a1");
        chunk("a1", 0, "Tea");
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(new Content.AnswerChunk("a1", "ana", 0, "Tea")));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(new Content.AnswerChunk("a1", "ana", 4, "x")));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(ended("a1", "Te")));
        end("a1", "Tea");
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(new Content.AnswerChunk("a1", "ana", 3, "x")));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(ended("a1", "Tea")));
        assertEquals(3, journal.state(ROOM).position().seq());
    }

    @Test
    void an_answer_ends_with_the_text_of_the_log_where_somebody_ends_it_who_has_not_read_it() {
        start("a1");
        start("a2");
        chunk("a1", 0, "Tea \ud83c");
        chunk("a1", 5, "\udf75 \"is\" ready");
        for (String answerId : List.of("a1", "a2")) {
            Outcome stopped = ended(answerId, "").outcome().ofTheLog();
            append(Draft.of(new Content.AnswerEnded(answerId, "ana", stopped)));
        }
        List<Settled> history = journal.state(ROOM).history();
        assertEquals(2, history.size());
        assertEquals(
                ended("a1", "Tea \ud83c\udf75 \"is\" ready").outcome(), ((Settled.Answered) history.get(0)).outcome());
        assertEquals(ended("a2", "").outcome(), ((Settled.Answered) history.get(1)).outcome());
        assertRefused(
                Refused.Code.NO_SUCH_ANSWER,
                Draft.of(new Content.AnswerEnded(
                        "a1", "ana", ended("a1", "").outcome().ofTheLog())));
    }

    @Test
    void what_is_removed_is_read_and_settled_no_more_and_the_rest_is() {
        Position start = journal.state(ROOM).position();
        append(message("Tea?"));
        append(message("spam"));
        start("a1");
        chunk("a1", 0, "bad ");
        chunk("a1", 4, "words");
        assertRefused(Refused.Code.NO_SUCH_ANSWER, removal(null, "a1")); // under way: it has to be stopped first
        end("a1", "bad words");
        append(removal("m-spam", null));
        append(removal(null, "a1"));

        List<Event> events =
                journal.read(ROOM, start, Integer.MAX_VALUE).merged().events();
        assertEquals("Tea?", ((Content.Message) events.get(0).content()).text());
        assertEquals(
                List.of("m-spam", "a1"),
                events.stream()
                        .skip(1)
                        .map(event -> ((Content.Removed) event.content()).id())
                        .toList());
        assertEquals(1, journal.state(ROOM).history().size());
        assertRefused(Refused.Code.NO_SUCH_MESSAGE, removal("m-spam", null));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, removal(null, "a1"));
        assertEquals(8, journal.state(ROOM).position().seq());
    }

    private static Draft removal(String messageId, String answerId) {
        return Draft.of(new Content.Removed(messageId, answerId, ANA));
    }

    @Test
    void the_same_command_is_appended_once_and_its_repeat_gets_the_original_outcome() {
        Appended first = append(Draft.of(new Content.Message("m1", ANA, "hello"), "ana", "c1"));
        append(message("in between"));
        Appended again = append(Draft.of(new Content.Message("m2", ANA, "hello"), "ana", "c1"));

        assertFalse(first.repeated());
        assertTrue(again.repeated());
        assertEquals(first.position(), again.position());
        assertEquals("m1", again.outcomeId());
        assertEquals(2, journal.state(ROOM).position().seq());
    }

    @Test
    void the_same_id_with_other_content_is_refused() {
        append(Draft.of(new Content.Message("m1", ANA, "hello"), "ana", "c1"));
        assertRefused(Refused.Code.ID_REUSED, Draft.of(new Content.Message("m2", ANA, "bye"), "ana", "c1"));
        assertRefused(Refused.Code.ID_REUSED, Draft.of(asked("a1", ANA, "hello"), "ana", "c1"));
        assertEquals(1, journal.state(ROOM).position().seq());
    }

    @Test
    void the_same_id_of_another_user_or_in_another_room_is_another_command() {
        append(Draft.of(new Content.Message("m1", ANA, "hello"), "ana", "c1"));
        assertFalse(append(Draft.of(new Content.Message("m2", BEN, "hello"), "ben", "c1"))
                .repeated());
        assertFalse(journal.append(ELSEWHERE, Draft.of(new Content.Message("m3", ANA, "hello"), "ana", "c1"))
                .toCompletableFuture()
                .join()
                .repeated());
    }

    @Test
    void a_position_of_another_life_or_ahead_of_the_head_needs_a_reset() {
        append(message("one"));
        Position head = journal.state(ROOM).position();
        assertTrue(journal.read(ROOM, new Position(head.epoch() + 1, 0), 100).reset());
        assertTrue(journal.read(ROOM, new Position(head.epoch(), head.seq() + 1), 100)
                .reset());
        assertFalse(journal.read(ROOM, head, 100).reset());
    }

    @Test
    void the_bell_rings_after_the_head_is_set() {
        List<Long> heads = Collections.synchronizedList(new ArrayList<>());
        try (var watch = journal.watch(
                ROOM, () -> heads.add(journal.state(ROOM).position().seq()))) {
            append(message("one"));
            append(message("two"));
        }
        append(message("unheard"));
        assertEquals(List.of(1L, 2L), heads);
    }

    @Test
    void many_writers_make_one_order_without_holes_that_all_readers_see() throws Exception {
        Position start = journal.state(ROOM).position();
        int writers = 8;
        int each = 200;
        AtomicInteger rings = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (var watch = journal.watch(ROOM, rings::incrementAndGet)) {
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        append(message(writer + ":" + i));
                    }
                });
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
        List<Event> events = journal.read(ROOM, start, Integer.MAX_VALUE).events();
        assertEquals(writers * each, events.size());
        int[] next = new int[writers];
        for (int i = 0; i < events.size(); i++) {
            assertEquals(i + 1, events.get(i).seq());
            String[] said = ((Content.Message) events.get(i).content()).text().split(":");
            assertEquals(next[Integer.parseInt(said[0])]++, Integer.parseInt(said[1]));
        }
        assertTrue(rings.get() > 0);
    }
}
