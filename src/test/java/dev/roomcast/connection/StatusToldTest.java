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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How it is with the server is told to those who are in a room, and never before what is there. */
class StatusToldTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Joining FRESH = new Joining(new RoomId("standup"), (String) null, null, false);

    private final TestThreads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Connections connections = new Connections(
            new Rooms(MemoryJournals.small()),
            presence,
            new Audiences(presence, threads),
            null,
            threads,
            new Heartbeat(LONG, LONG, LONG),
            null,
            RightsOfAll.INSTANCE,
            new NoLimits(),
            ConnectionCount.ALONE,
            OtherNodes.NONE,
            MemoryJournals.alone(),
            0);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void who_is_not_in_the_room_yet_is_not_told_and_so_sees_first_what_is_there() throws Exception {
        Connection ana = connections.open(new Member("ana", "Ana", false), new Seen());
        connections.tell(Connections.degraded(false));
        ana.join(FRESH);
        connections.tell(Connections.degraded(true));
        String first = seen.poll(10, TimeUnit.SECONDS);
        assertTrue(first.contains("\"type\":\"joined\""), first);
        String second = seen.poll(10, TimeUnit.SECONDS);
        assertTrue(second.contains("\"state\":\"ok\""), second);
        assertEquals(0, seen.size());
    }

    private final class Seen implements Sink {
        @Override
        public void write(Frame frame, Completion done) {
            if (!frame.text().contains("\"type\":\"presence\"")) {
                seen.add(frame.text());
            }
            done.done(null);
        }

        @Override
        public void close(Closing why) {}
    }
}
