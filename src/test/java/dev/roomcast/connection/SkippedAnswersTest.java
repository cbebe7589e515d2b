package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.ConnectionCount;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.member.Presence;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command is answered, also of those who read so slowly that they skip the events that answer theirs. */
class SkippedAnswersTest {

    private static final Heartbeat PATIENT =
            new Heartbeat(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1));
    private static final Pattern ANSWERED = Pattern.compile("\"re\":\"(\\w+)\"");
    private static final int MORE_THAN_ARE_KEPT = MemoryJournals.SMALL * 2;

    private final TestThreads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final Connections connections = new Connections(
            new Rooms(MemoryJournals.small()),
            presence,
            new Audiences(presence, threads),
            new Commands(null, RightsOfAll.INSTANCE, new NoLimits(), 1_000, 1_000),
            threads,
            PATIENT,
            null,
            RightsOfAll.INSTANCE,
            new NoLimits(),
            ConnectionCount.ALONE,
            OtherNodes.NONE,
            MemoryJournals.alone(),
            0);
    private final Stalling sink = new Stalling();
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

    private void say(int number) {
        ana.receive("{\"type\":\"message\",\"id\":\"c" + number + "\",\"content\":\"Hello\"}");
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

        @Override
        public void close(Closing why) {}
    }
}
