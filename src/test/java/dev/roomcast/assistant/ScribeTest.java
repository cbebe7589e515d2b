package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a model says while the log takes its time. */
class ScribeTest {

    private final List<String> pieces = new ArrayList<>();
    private final List<CompletableFuture<Appended>> appends = new ArrayList<>();
    private final List<Throwable> done = new ArrayList<>();
    private final Pen pen = new Pen();
    private final Written written = new Written();
    private volatile boolean stopped;
    private final Scribe scribe = new Scribe(
            new Room(new RoomId("standup"), slow()),
            new Question("a1", new Author("ana", "Ana"), "why?", "demo"),
            pen,
            written,
            () -> stopped,
            done::add);

    @Test
    void what_is_said_while_a_piece_is_being_appended_goes_along_with_the_next_one() {
        assertTrue(scribe.write("Because "));
        scribe.write("of ");
        scribe.write("the tea");
        assertEquals(List.of("Because "), pieces);
        taken(0);
        assertEquals(List.of("Because ", "of the tea"), pieces);
        assertFalse(pen.end(), "it is not all there");
        taken(1);
        scribe.finish();
        assertEquals("Because of the tea".length(), written.length());
        assertTrue(pen.end());
    }

    @Test
    void what_is_not_taken_ends_it_and_says_why() {
        IllegalStateException why = new IllegalStateException("away");
        scribe.write("Because ");
        scribe.write("of ");
        appends.get(0).completeExceptionally(why);
        assertEquals(List.of("Because "), pieces);
        assertSame(why, assertThrows(CompletionException.class, scribe::finish).getCause());
        assertSame(
                why,
                assertThrows(CompletionException.class, () -> scribe.write("tea"))
                        .getCause());
        assertEquals(1, done.size());
        assertEquals(0, written.length());
        assertTrue(pen.end(), "somebody has to");
    }

    @Test
    void what_is_held_back_of_an_answer_that_was_stopped_is_not_shown_any_more() {
        scribe.write("Because ");
        scribe.write("of ");
        stopped = true;
        taken(0);
        assertEquals(List.of("Because "), pieces);
        assertEquals(1, done.size());
        assertTrue(pen.end());
        assertFalse(scribe.write("tea"));
    }

    @Test
    void who_says_a_lot_that_is_not_taken_waits() throws InterruptedException {
        scribe.write("Because ");
        scribe.write("x".repeat(Scribe.MOST_HELD));
        Thread model = new Thread(() -> scribe.write("of the tea"));
        model.start();
        while (model.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        taken(0);
        model.join();
        taken(1);
        taken(2);
        scribe.finish();
        assertEquals("of the tea", pieces.get(2));
    }

    private void taken(int append) {
        appends.get(append).complete(new Appended(new Position(1, append + 1), null, false, false));
    }

    /** A log that takes a piece when the test says so. */
    private Journal slow() {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, args) -> {
                    pieces.add(((Content.AnswerChunk) ((Draft) args[1]).content()).text());
                    appends.add(new CompletableFuture<>());
                    return appends.get(appends.size() - 1);
                });
    }
}
