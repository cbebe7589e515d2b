package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.room.Position;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What one poll is answered with, whenever the answer is made. */
class PollSinkTest {

    private static final Sink.Completion NOTHING = failure -> {};

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final List<String> answers = new ArrayList<>();
    private final PollSink sink = new PollSink(response(), new Position(9, 1), work::add);

    @Test
    void what_can_be_read_now_comes_along() throws Exception {
        sink.write(new Frame("{\"n\":1}", "9-2"), NOTHING);
        sink.write(new Frame("{\"n\":2}", "9-3"), NOTHING);
        work.remove().run();

        assertEquals("9-3", answer().get("position").asText());
        assertEquals(2, answer().get("events").size());
    }

    @Test
    void an_answer_waits_for_the_end_of_the_slice() throws Exception {
        sink.write(Frame.part("{\"n\":1}"), NOTHING);
        work.remove().run();
        assertTrue(answers.isEmpty());
        sink.write(new Frame("{\"n\":2}", "9-3"), NOTHING);
        assertTrue(answers.isEmpty(), "whoever appends answered, and would have waited for the reader");
        work.remove().run();

        assertEquals("9-3", answer().get("position").asText());
        assertEquals(2, answer().get("events").size());
    }

    @Test
    void who_wants_to_know_of_the_answer_hears_of_it_also_when_it_came_before_they_asked() {
        List<String> told = new ArrayList<>();
        sink.close(Closing.TOO_MANY_CONNECTIONS);
        sink.answersFor("s1", () -> told.add("frame"), () -> told.add("made"), () -> told.add("taken"));
        assertEquals(List.of("made"), told);
    }

    @Test
    void what_is_read_after_the_answer_was_made_does_not_count_as_told() {
        AtomicInteger version = new AtomicInteger(1);
        List<Integer> told = new ArrayList<>();
        sink.answersFor("s1", () -> told.add(version.get()), () -> {}, () -> {});
        sink.write(new Frame("{\"n\":1}", "9-2"), NOTHING);
        version.set(2); // the feed has read on, and is about to write that
        work.remove().run();
        sink.write(Frame.of("{\"n\":2}"), NOTHING);
        assertEquals(List.of(1), told);
    }

    @Test
    void half_a_slice_is_left_for_the_next_poll() throws Exception {
        sink.write(new Frame("{\"n\":1}", "9-2"), NOTHING);
        sink.write(Frame.part("{\"n\":2}"), NOTHING);
        sink.close(Closing.GOING_AWAY);

        assertEquals("9-2", answer().get("position").asText());
        assertEquals(1, answer().get("events").size());
        assertEquals(4000, answer().at("/close/code").asInt());
    }

    @Test
    void a_frame_for_this_reader_alone_needs_no_position() throws Exception {
        sink.write(Frame.of("{\"n\":1}"), NOTHING);
        work.remove().run();

        assertEquals("9-1", answer().get("position").asText());
        assertEquals(1, answer().get("events").size());
    }

    @Test
    void what_would_end_a_poll_does_not_hold_on_to_it_once_it_is_answered() {
        CompletableFuture<Void> before = new CompletableFuture<>();
        CompletableFuture<Void> after = new CompletableFuture<>();
        sink.endsBy(before);
        assertFalse(before.isCancelled());
        sink.write(new Frame("{\"n\":1}", "9-2"), NOTHING);
        work.remove().run();
        assertTrue(before.isCancelled());
        sink.endsBy(after);
        assertTrue(after.isCancelled());
    }

    private JsonNode answer() throws Exception {
        assertEquals(1, answers.size());
        return new ObjectMapper().readTree(answers.get(0));
    }

    private AsyncResponse response() {
        return (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    assertEquals("resume", method.getName());
                    return answers.add((String) ((Response) arguments[0]).getEntity());
                });
    }
}
