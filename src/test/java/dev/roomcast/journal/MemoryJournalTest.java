package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The contract, and what is this journal's own: its bounds. */
class MemoryJournalTest extends JournalContract {

    private static final long MINUTE = 60_000;

    private final AtomicLong now = new AtomicLong(1_000_000);

    @Override
    Journal create() {
        return bounded(10_000, 1_000_000, 1_000);
    }

    private MemoryJournal bounded(int events, int characters, int rooms) {
        return new MemoryJournal(new Retention(events, characters, 5 * MINUTE, 60 * MINUTE), rooms, now::get);
    }

    @Test
    void a_reader_behind_what_is_kept_needs_a_reset_and_one_at_its_edge_does_not() {
        MemoryJournal journal = bounded(10, 1_000_000, 10);
        Position start = journal.state(ROOM).position();
        for (int i = 0; i < 25; i++) {
            journal.append(ROOM, message("m" + i));
        }
        assertTrue(journal.read(ROOM, start, 100).reset());
        assertTrue(journal.read(ROOM, new Position(start.epoch(), 14), 100).reset());
        assertEquals(
                10,
                journal.read(ROOM, new Position(start.epoch(), 15), 100)
                        .events()
                        .size());
    }

    @Test
    void long_texts_count_by_their_characters() {
        MemoryJournal journal = bounded(1_000, 1_000, 10);
        Position start = journal.state(ROOM).position();
        for (int i = 0; i < 5; i++) {
            journal.append(ROOM, message("x".repeat(400)));
        }
        assertTrue(journal.read(ROOM, start, 100).reset());
        assertEquals(
                2,
                journal.read(ROOM, new Position(start.epoch(), 3), 100).events().size());
    }

    @Test
    void events_of_a_running_answer_are_kept_and_then_for_a_while_after_its_end() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 10);
        Position start = journal.state(ROOM).position();
        journal.append(ROOM, Draft.of(asked("a1", ANA, "why?")));
        now.addAndGet(20 * MINUTE);
        journal.append(ROOM, Draft.of(new Content.AnswerChunk("a1", "ana", 0, "Because")));
        journal.sweep();
        assertFalse(journal.read(ROOM, start, 100).reset());

        journal.append(ROOM, Draft.of(ended("a1", "Because")));
        now.addAndGet(4 * MINUTE);
        journal.sweep();
        assertFalse(journal.read(ROOM, start, 100).reset());

        now.addAndGet(2 * MINUTE);
        journal.sweep();
        assertTrue(journal.read(ROOM, start, 100).reset());
        assertEquals(1, journal.state(ROOM).history().size());
    }

    @Test
    void an_idle_room_is_forgotten_and_begins_a_new_life() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 10);
        journal.append(ROOM, message("hello"));
        Position before = journal.state(ROOM).position();
        now.addAndGet(59 * MINUTE);
        journal.sweep();
        assertEquals(before, journal.state(ROOM).position());

        now.addAndGet(2 * MINUTE);
        journal.sweep();
        assertNotEquals(before.epoch(), journal.state(ROOM).position().epoch());
        assertTrue(journal.read(ROOM, before, 100).reset());
    }

    @Test
    void a_room_that_nobody_used_yet_is_kept_for_who_is_between_two_polls() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 10);
        Position before = journal.state(ROOM).position();
        journal.sweep();
        assertEquals(before, journal.state(ROOM).position());
        now.addAndGet(2 * MINUTE);
        journal.sweep();
        assertNotEquals(before, journal.state(ROOM).position());
    }

    @Test
    void a_room_that_somebody_watches_is_not_forgotten() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 10);
        journal.append(ROOM, message("hello"));
        Position before = journal.state(ROOM).position();
        try (var watch = journal.watch(ROOM, () -> {})) {
            now.addAndGet(1_000 * MINUTE);
            journal.sweep();
            assertEquals(before, journal.state(ROOM).position());
        }
    }

    @Test
    void rooms_that_were_only_looked_at_make_place_for_others_and_used_ones_do_not() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 3);
        for (int i = 0; i < 100; i++) {
            journal.state(new RoomId("looked-at-" + i));
        }
        for (int i = 0; i < 3; i++) {
            journal.append(new RoomId("used-" + i), message("hello"));
        }
        var refused = assertThrows(
                CompletionException.class,
                () -> journal.append(new RoomId("one-too-many"), message("hello"))
                        .toCompletableFuture()
                        .join());
        assertEquals(Refused.Code.UNAVAILABLE, ((Refused) refused.getCause()).code());
    }

    @Test
    void a_command_id_is_free_again_after_ten_minutes() {
        MemoryJournal journal = bounded(1_000, 1_000_000, 3);
        journal.append(ROOM, Draft.of(new Content.Message("m1", ANA, "hello"), "ana", "c1"));
        now.addAndGet(11 * MINUTE);
        assertFalse(journal.append(ROOM, Draft.of(new Content.Message("m2", ANA, "bye"), "ana", "c1"))
                .toCompletableFuture()
                .join()
                .repeated());
    }
}
