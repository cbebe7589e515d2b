package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.Presence;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.RoomId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed of one reader, from the log to a sink that tells of its writes whenever it likes. */
class FeedTest {

    private static final RoomId ROOM = new RoomId("standup");
    private static final Author ANA = new Author("ana", "Ana");

    private Journal journal = MemoryJournals.small();
    private final Threads threads = new NoTicks();

    /** When a sink says that it has written. */
    enum Telling {
        BEFORE_WRITE_RETURNS,
        WHEN_ASKED
    }

    @ParameterizedTest
    @EnumSource
    void live_tokens_arrive_once_and_in_order(Telling telling) {
        TestSink sink = new TestSink(telling);
        join(sink, null);
        start("a1");
        String text = "";
        for (int i = 0; i < 50; i++) {
            text += chunk("a1", text, "t" + i + " ");
            sink.finishAll();
        }
        end("a1", text);
        sink.finishAll();
        assertEquals(text, sink.screen.answers.get("a1"));
        assertEquals("complete", sink.screen.endings.get("a1"));
    }

    /** Not only the same text, but made once: that is what a reader more costs next to nothing by. */
    @Test
    void what_is_said_is_encoded_once_for_all_readers() {
        Connections connections = connections(new MemoryPresence());
        List<List<Frame>> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Frame> frames = new ArrayList<>();
            read.add(frames);
            join(connections, new Keeping(frames), null);
        }
        read.forEach(List::clear);
        say("tea");
        start("a1");
        chunk("a1", "", "Because");
        assertEquals(3, read.get(0).size());
        for (List<Frame> other : read) {
            assertEquals(3, other.size());
            for (int i = 0; i < 3; i++) {
                assertSame(read.get(0).get(i), other.get(i));
            }
        }
    }

    private record Keeping(List<Frame> frames) implements Sink {
        @Override
        public void write(Frame frame, Completion done) {
            frames.add(frame);
            done.done(null);
        }

        @Override
        public void close(Closing why) {}
    }

    @Test
    void a_reader_who_is_behind_gets_one_frame_for_each_answer() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        join(sink, null);
        sink.finishAll();
        start("a1");
        start("a2");
        String one = "";
        String two = "";
        for (int i = 0; i < 100; i++) {
            one += chunk("a1", one, "x" + i);
            two += chunk("a2", two, "y" + i);
        }
        sink.screen.frames.clear();
        sink.finishAll();
        assertEquals(one, sink.screen.answers.get("a1"));
        assertEquals(two, sink.screen.answers.get("a2"));
        // The start that was in flight, the other one, and one chunk for each.
        assertEquals(
                4,
                sink.screen.frames.stream()
                        .filter(frame -> frame.has("answerId"))
                        .count());
    }

    @Test
    void a_close_is_done_when_the_client_has_been_told() throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        Sink slow = new Sink() {
            @Override
            public void write(Frame frame, Completion done) {
                done.done(null);
            }

            @Override
            public void close(Closing why) {
                told.join();
            }
        };
        var closed = new Feed(slow, threads.closing(), () -> {})
                .close(Closing.GOING_AWAY)
                .toCompletableFuture();
        assertFalse(closed.isDone());
        told.complete(null);
        closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void what_is_not_understood_is_passed_over_and_the_rest_arrives() {
        TestSink sink = new TestSink(Telling.BEFORE_WRITE_RETURNS);
        join(sink, null);
        int before = sink.screen.frames.size();
        for (int i = 0; i < 3; i++) {
            journal.append(ROOM, Draft.of(new Content.Unknown()));
            say("message " + i);
            journal.append(ROOM, Draft.of(new Content.Unknown()));
        }
        assertEquals(
                List.of("message 0", "message 1", "message 2"),
                sink.screen.frames.subList(before, sink.screen.frames.size()).stream()
                        .filter(frame -> !frame.get("type").asText().equals("presence"))
                        .map(frame -> frame.get("content").asText())
                        .toList());
    }

    @Test
    void only_the_frame_that_completes_a_slice_has_a_position() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        join(sink, null);
        say("one");
        say("two");
        say("three");
        sink.finishAll();
        List<Boolean> positions = sink.screen.frames.stream()
                .filter(frame -> frame.get("type").asText().equals("message"))
                .map(frame -> frame.has("position"))
                .toList();
        assertEquals(List.of(false, false, true), positions);
    }

    @Test
    void a_reader_that_never_reads_costs_one_frame_and_harms_nobody() {
        TestSink stalled = new TestSink(Telling.WHEN_ASKED);
        TestSink well = new TestSink(Telling.BEFORE_WRITE_RETURNS);
        join(stalled, null);
        join(well, null);
        for (int i = 0; i < 1_000; i++) {
            say("m" + i);
        }
        assertEquals(1, stalled.inFlight.size());
        assertEquals(1_000, well.screen.messages.size());
    }

    @Test
    void a_reader_too_far_behind_gets_a_snapshot_and_goes_on_from_there() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        join(sink, null);
        start("a1");
        String text = "";
        for (int i = 0; i < MemoryJournals.SMALL * 2; i++) {
            text += chunk("a1", text, "t" + i + " ");
        }
        sink.finishAll();
        assertEquals(2, sink.screen.snapshots);
        text += chunk("a1", text, "end");
        sink.finishAll();
        assertEquals(text, sink.screen.answers.get("a1"));
    }

    @Test
    void whoever_reads_from_the_client_closes_before_reading_on() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        new Feed(sink, notNow -> {}, () -> {}).closeWhileReading(Closing.TOO_LARGE);
        assertEquals(Closing.TOO_LARGE, sink.closed);
    }

    @Test
    void whoever_reads_from_the_client_does_not_wait_for_it_to_read() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        List<Runnable> elsewhere = new ArrayList<>();
        Feed feed = new Feed(sink, elsewhere::add, () -> {});
        feed.ping(); // in flight from now on
        feed.closeWhileReading(Closing.TOO_LARGE);
        assertNull(sink.closed);
        elsewhere.forEach(Runnable::run);
        assertEquals(Closing.TOO_LARGE, sink.closed);
    }

    @Test
    void too_many_unread_replies_close_the_connection_with_come_back() {
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        Connection connection = join(sink, null);
        for (int i = 0; i < Reading.OUTBOX; i++) {
            connection.receive("{\"type\":\"ping\",\"id\":\"p\"}");
        }
        assertNull(sink.closed);
        connection.receive("{\"type\":\"ping\",\"id\":\"p\"}");
        assertEquals(Closing.TOO_MANY_REPLIES, sink.awaitClosed());
    }

    @Test
    void a_failed_write_ends_the_connection_and_the_member_leaves() {
        Presence presence = new MemoryPresence();
        TestSink sink = new TestSink(Telling.WHEN_ASKED);
        join(sink, null, presence);
        assertTrue(presence.anybodyIn(ROOM));
        sink.inFlight.poll().done(new java.io.IOException("gone"));
        assertEquals(Closing.LOST, sink.awaitClosed());
        assertFalse(presence.anybodyIn(ROOM));
    }

    /**
     * Anything may happen between an append and a read: whoever is connected in the end sees exactly the truth, whenever
     * they were connected, however slow they were, and whatever the log has forgotten meanwhile.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void every_reader_ends_with_the_truth_whatever_happens_in_between(long seed) {
        Random random = new Random(seed);
        Map<String, String> truth = new HashMap<>();
        List<String> running = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(new Client());
        }
        for (int step = 0; step < 3_000; step++) {
            Client client = clients.get(random.nextInt(clients.size()));
            int what = random.nextInt(100);
            if (what < 3) {
                String id = "a" + step;
                start(id);
                truth.put(id, "");
                running.add(id);
            } else if (what < 45 && !running.isEmpty()) {
                String id = running.get(random.nextInt(running.size()));
                truth.merge(id, chunk(id, truth.get(id), "é" + random.nextInt(1_000) + " "), String::concat);
            } else if (what < 47 && !running.isEmpty()) {
                String id = running.remove(random.nextInt(running.size()));
                end(id, truth.get(id));
            } else if (what < 52) {
                say("m" + step);
            } else if (what < 90) {
                client.sink.finishOne();
            } else if (what < 94) {
                client.disconnect();
            } else {
                client.connect();
            }
        }
        for (Client client : clients) {
            client.connect();
            client.sink.finishAll();
            // The history page may have let old answers go; what is shown is true, and nothing under way is missing.
            client.screen.answers.forEach((id, text) -> assertEquals(truth.get(id), text, "seed " + seed));
            assertTrue(client.screen.answers.keySet().containsAll(running));
            assertEquals(journal.state(ROOM).position().toString(), client.screen.position);
        }
    }

    private final class Client {
        private Screen screen = new Screen();
        private TestSink sink = new TestSink(Telling.WHEN_ASKED, screen);
        private Connection connection = join(sink, null);

        void disconnect() {
            connection.close(Closing.LOST);
        }

        void connect() {
            if (sink.closed != null || connection.isClosed()) {
                sink = new TestSink(Telling.WHEN_ASKED, screen);
                connection = join(sink, screen.position);
            }
        }
    }

    /** Without the ticks of presence, so that nothing moves but what the test moves. */
    private static final class NoTicks extends TestThreads {
        @Override
        public ScheduledExecutorService timer() {
            return new ScheduledThreadPoolExecutor(0, task -> null);
        }

        /** A pass that is put off comes at once, so that a test need not wait for it. */
        @Override
        public ScheduledExecutorService work() {
            return new ScheduledThreadPoolExecutor(0, task -> null) {
                @Override
                public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                    task.run();
                    return null;
                }
            };
        }
    }

    private Connection join(TestSink sink, String since) {
        return join(sink, since, new MemoryPresence());
    }

    private Connection join(TestSink sink, String since, Presence presence) {
        return join(connections(presence), sink, since);
    }

    private static Connection join(Connections connections, Sink sink, String since) {
        Connection connection = connections.open(new Member("ana", "Ana", false), sink);
        connection.receive("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"standup\""
                + (since == null ? "}" : ",\"since\":\"" + since + "\"}"));
        return connection;
    }

    private Connections connections(Presence presence) {
        return new TestConnections(threads, presence).in(journal).make();
    }

    private void start(String id) {
        append(new Content.AnswerStarted(new Question(id, ANA, "why?", "demo")));
    }

    /** Appends, and returns what it appended. */
    private String chunk(String id, String before, String text) {
        append(new Content.AnswerChunk(id, "ana", before.length(), text));
        return text;
    }

    private void end(String id, String text) {
        append(new Content.AnswerEnded(
                id,
                "ana",
                new Outcome(
                        Outcome.Status.COMPLETE,
                        null,
                        null,
                        null,
                        text.length(),
                        new Digest().add(text).value(),
                        null)));
    }

    private void say(String text) {
        append(new Content.Message("m" + text, ANA, text));
    }

    private void append(Content content) {
        journal.append(ROOM, Draft.of(content)).toCompletableFuture().join();
    }

    /** Shows frames on a screen once they are "written", one at a time, and fails if it is given a second one before. */
    private static final class TestSink implements Sink {
        private final Telling telling;
        private final Screen screen;
        private final ArrayDeque<Completion> inFlight = new ArrayDeque<>();
        private volatile Closing closed;
        private final java.util.concurrent.CountDownLatch closing = new java.util.concurrent.CountDownLatch(1);

        TestSink(Telling telling) {
            this(telling, new Screen());
        }

        TestSink(Telling telling, Screen screen) {
            this.telling = telling;
            this.screen = screen;
        }

        @Override
        public void write(Frame frame, Completion done) {
            assertTrue(inFlight.isEmpty(), "one write in flight, ever");
            if (telling == Telling.BEFORE_WRITE_RETURNS) {
                screen.show(frame.text());
                done.done(null);
            } else {
                inFlight.add(failure -> {
                    if (failure == null) {
                        screen.show(frame.text());
                    }
                    done.done(failure);
                });
            }
        }

        boolean finishOne() {
            Completion one = inFlight.poll();
            if (one != null && closed == null) {
                one.done(null);
            }
            return one != null;
        }

        void finishAll() {
            while (finishOne()) {}
        }

        @Override
        public void close(Closing why) {
            closed = why;
            closing.countDown();
        }

        Closing awaitClosed() {
            try {
                assertTrue(closing.await(10, java.util.concurrent.TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return closed;
        }
    }
}
