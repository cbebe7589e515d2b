package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Role;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How it is with the server is told to those who are in a room, and never before what is there. */
class StatusToldTest {

    private static final Joining FRESH = new Joining(new RoomId("standup"), (String) null, null, false);

    private final TestThreads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Shared nodes = new Shared();
    private volatile Consumer<Sink.Completion> taken = done -> done.done(null);
    private final Connections connections =
            new TestConnections(threads, presence).with(nodes).make();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void who_is_not_in_the_room_yet_is_not_told_and_so_sees_first_what_is_there() throws Exception {
        connections.watch();
        Connection ana = open();
        nodes.become(false);
        connections.tell(Frames.status("draining", "Soon."));
        ana.join(FRESH);
        assertSees("\"type\":\"joined\"");
        assertSees("\"state\":\"degraded\"");
        ana.join(FRESH); // and knows nothing any more
        assertSees("\"type\":\"joined\"");
        assertSees("\"state\":\"degraded\"");
        nodes.become(true);
        assertSees("\"state\":\"ok\"");
        connections.tell(Frames.status("draining", "Soon."));
        assertSees("\"state\":\"draining\"");
        assertEquals(0, seen.size());
    }

    @Test
    void who_polls_is_told_once_and_hears_also_what_changed_between_two_polls() throws Exception {
        nodes.become(false);
        open().resume(on(), PresenceTold.NOTHING, Role.MEMBER, false);
        assertEquals(0, seen.size(), "known already: the poll may wait");
        Connection second = open();
        second.resume(on(), PresenceTold.NOTHING, Role.MEMBER, true);
        assertSees("\"state\":\"degraded\"");
        assertEquals(false, second.wellTold());
        nodes.become(true);
        open().resume(on(), PresenceTold.NOTHING, Role.MEMBER, false);
        assertSees("\"state\":\"ok\"");
        open().resume(on(), PresenceTold.NOTHING, Role.MEMBER, true);
        assertEquals(0, seen.size());
    }

    @Test
    void who_is_told_everything_anew_is_told_that_too() throws Exception {
        nodes.become(false);
        Connection first = open();
        first.resume(new Joining(FRESH.room(), "zz-1", null, false), PresenceTold.NOTHING, Role.MEMBER, false);
        assertSees("\"type\":\"joined\"");
        assertSees("\"state\":\"degraded\"");
        first.gone();

        BlockingQueue<Sink.Completion> unread = new LinkedBlockingQueue<>();
        taken = unread::add;
        open().join(FRESH);
        assertSees("\"type\":\"joined\"");
        for (int i = 0; i < 2 * MemoryJournals.SMALL; i++) {
            Content said = new Content.Message("m" + i, new Author("ben", "Ben"), "tea");
            connections.rooms().room(FRESH.room()).append(Draft.of(said));
        }
        taken = done -> done.done(null);
        unread.take().done(null);
        assertSees("\"state\":\"degraded\"");
        assertSees("\"type\":\"joined\""); // too far behind
        assertSees("\"state\":\"degraded\"");
    }

    private Connection open() {
        return connections.open(new Member("ana", "Ana", false), new Seen());
    }

    private Joining on() {
        String position =
                connections.rooms().room(FRESH.room()).state().position().toString();
        return new Joining(FRESH.room(), position, null, false);
    }

    private void assertSees(String part) throws InterruptedException {
        String next = seen.poll(10, TimeUnit.SECONDS);
        assertTrue(String.valueOf(next).contains(part), next);
    }

    /** What nodes share, which is there or not. */
    private static final class Shared implements Nodes {

        private final List<Consumer<Boolean>> watchers = new ArrayList<>();
        private volatile boolean well = true;

        void become(boolean now) {
            well = now;
            watchers.forEach(watcher -> watcher.accept(now));
        }

        @Override
        public void attend(Writer writer) {}

        @Override
        public boolean isWell() {
            return well;
        }

        @Override
        public void watch(Consumer<Boolean> watcher) {
            watchers.add(watcher);
        }
    }

    private final class Seen implements Sink {
        @Override
        public void write(Frame frame, Completion done) {
            if (!frame.text().contains("\"type\":\"presence\"")) {
                seen.add(frame.text());
            }
            taken.accept(done);
        }

        @Override
        public void close(Closing why) {}
    }
}
