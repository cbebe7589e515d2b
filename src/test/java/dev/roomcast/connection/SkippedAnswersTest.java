package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.Presence;
import dev.roomcast.room.Appended;
import dev.roomcast.room.DelegatingJournal;
import dev.roomcast.room.Draft;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command is answered, also of those who skip the events that answer theirs, since they read slowly or leave. */
class SkippedAnswersTest {

    private static final Pattern ANSWERED = Pattern.compile("\"re\":\"(\\w+)\"");
    private static final int MORE_THAN_ARE_KEPT = MemoryJournals.SMALL * 2;

    private final TestThreads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final Slow journal = new Slow();
    private final Connections connections = new TestConnections(threads, presence)
            .in(journal)
            .with(new Commands(null, RightsOfAll.INSTANCE, new NoLimits(), 1_000, 1_000))
            .make();
    private final Stalling sink = new Stalling();
    private int pings;
    private final Connection ana = connections.open(new Member("ana", "Ana", false), sink);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void who_skips_the_answers_to_their_commands_is_told_them_with_the_snapshot() {
        ana.join(new Joining(new RoomId("standup"), (String) null, null, false));
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            say(i);
        }
        sink.readUntil(seen -> seen.contains("c" + (MORE_THAN_ARE_KEPT - 1)));
        assertEquals(2, sink.snapshots, "was not too far behind");
        assertEquals(
                IntStream.range(0, MORE_THAN_ARE_KEPT).mapToObj(i -> "c" + i).collect(Collectors.toSet()),
                sink.answered);
        say(MORE_THAN_ARE_KEPT);
        sink.readUntil(seen -> seen.contains("c" + MORE_THAN_ARE_KEPT));
        assertEquals(sink.answered.size(), sink.answers, "something was answered twice");
        assertTrue(!ana.isClosed());
    }

    @Test
    void who_leaves_right_behind_a_command_is_answered() {
        ana.join(new Joining(new RoomId("standup"), (String) null, null, false));
        say(0); // before they have read what is there
        ana.receive("{\"type\":\"leave\",\"id\":\"bye\"}");
        assertAnswered("c0", "bye");
    }

    @Test
    void who_goes_to_another_room_right_behind_a_command_is_answered() {
        ana.join(new Joining(new RoomId("standup"), (String) null, null, false));
        say(0);
        ana.receive("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"tea\"}");
        assertAnswered("c0", "j");
        say(1);
        assertAnswered("c0", "j", "c1");
    }

    @Test
    void who_has_left_before_their_command_is_in_the_log_is_answered() {
        ana.join(new Joining(new RoomId("standup"), (String) null, null, false));
        journal.hold();
        say(0);
        ana.receive("{\"type\":\"leave\",\"id\":\"bye\"}");
        assertAnswered("bye");
        journal.goOn();
        assertAnswered("c0", "bye");
    }

    @Test
    void who_enters_the_same_room_anew_is_answered_once() {
        RoomId room = new RoomId("standup");
        ana.join(new Joining(room, (String) null, null, false));
        String since = connections.rooms().room(room).state().position().toString();
        say(0);
        ana.receive("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"standup\",\"since\":\"" + since + "\"}");
        assertAnswered("c0", "j"); // reads on from before it
        ana.receive("{\"type\":\"typing\",\"id\":\"t\"}"); // of which they take no notice yet
        journal.hold();
        say(1);
        ana.receive("{\"type\":\"join\",\"id\":\"k\",\"roomId\":\"standup\"}");
        assertAnswered("c0", "j", "t", "k"); // reads on behind it
        journal.goOn();
        assertAnswered("c0", "j", "t", "k", "c1");
    }

    @Test
    void who_has_read_what_their_command_did_and_leaves_then_is_answered_once() {
        ana.join(new Joining(new RoomId("standup"), (String) null, null, false));
        sink.readAll();
        journal.hold();
        say(0);
        assertAnswered("c0");
        ana.receive("{\"type\":\"leave\",\"id\":\"bye\"}");
        assertAnswered("c0", "bye");
        journal.goOn();
        assertAnswered("c0", "bye");
    }

    private void assertAnswered(String... ids) {
        sink.readUntil(seen -> seen.containsAll(List.of(ids)));
        ana.receive("{\"type\":\"ping\",\"id\":\"p" + ++pings + "\"}"); // behind it comes what else there is
        sink.readUntil(seen -> seen.contains("p" + pings));
        sink.readAll();
        sink.answered.removeIf(id -> id.equals("p" + pings));
        assertEquals(Set.of(ids), sink.answered);
        assertEquals(ids.length + pings, sink.answers, "something was answered twice");
    }

    private void say(int number) {
        ana.receive("{\"type\":\"message\",\"id\":\"c" + number + "\",\"content\":\"Hello\"}");
    }

    /** Tells later of what is in the log already, if asked to. */
    private static final class Slow extends DelegatingJournal {

        private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

        Slow() {
            super(MemoryJournals.small());
        }

        void hold() {
            told = new CompletableFuture<>();
        }

        void goOn() {
            told.complete(null);
        }

        @Override
        public CompletionStage<Appended> append(RoomId room, Draft draft) {
            return super.append(room, draft).thenCombine(told, (appended, nothing) -> appended);
        }
    }

    /** Takes one frame, and no other before it is asked to. */
    private static final class Stalling implements Sink {

        private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

        private final Set<String> answered = new HashSet<>();
        private final Queue<Completion> unread = new ArrayDeque<>();
        private int answers;
        private int snapshots;

        @Override
        public void write(Frame frame, Completion done) {
            synchronized (this) {
                Matcher answer = ANSWERED.matcher(frame == Frame.PING ? "" : frame.text());
                if (answer.find()) {
                    answered.add(answer.group(1));
                    answers++;
                }
                if (frame.text().startsWith("{\"type\":\"joined\"")) {
                    snapshots++;
                }
                unread.add(done);
                notifyAll();
            }
        }

        void readUntil(Predicate<Set<String>> enough) {
            long deadline = System.nanoTime() + PATIENCE;
            while (System.nanoTime() - deadline < 0) {
                Completion next;
                synchronized (this) {
                    if (enough.test(answered)) {
                        return;
                    }
                    next = unread.poll();
                }
                if (next != null) {
                    next.done(null);
                } else {
                    Thread.onSpinWait();
                }
            }
            throw new AssertionError("answered were only " + answered);
        }

        void readAll() {
            Completion next;
            while ((next = next()) != null) {
                next.done(null);
            }
        }

        private synchronized Completion next() {
            return unread.poll();
        }

        @Override
        public void close(Closing why) {}
    }
}
