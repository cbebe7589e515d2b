package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody may do in the room is told when they come, and each time that it changes. */
class RoleToldTest {

    private static final Joining FRESH = new Joining(new RoomId("standup"), (String) null, null, false);

    private final TestThreads threads = new TestThreads();
    private final Presence presence = new MemoryPresence();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Role role = Role.MEMBER;
    private final Connections connections =
            new TestConnections(threads, presence).with(new Changing()).make();
    private final Connection ana = connections.open(new Member("ana", "Ana", false), new SeenSink(seen));

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_role_that_changes_is_told_once() {
        ana.join(FRESH);
        look();
        awaitTold("joined member");
        role = Role.READER;
        look();
        look();
        role = Role.MODERATOR;
        look();
        awaitTold("joined member", "you reader", "you moderator");
        assertFalse(ana.isClosed());
    }

    @Test
    void who_has_none_any_more_is_closed() {
        ana.join(FRESH);
        role = Role.NONE;
        look();
        assertTrue(ana.isClosed());
    }

    @Test
    void who_is_nowhere_is_told_nothing() {
        role = Role.NONE;
        look();
        assertEquals(List.of(), told());
        assertFalse(ana.isClosed());
    }

    @Test
    void who_goes_on_hears_of_it_if_it_changed_meanwhile() {
        ana.join(FRESH);
        Connection next = connections.open(ana.member(), new SeenSink(seen));
        seen.clear();
        String position =
                connections.rooms().room(FRESH.room()).state().position().toString();
        Joining on = new Joining(FRESH.room(), position, null, false);
        next.resume(on, PresenceTold.NOTHING, Role.MEMBER, true);
        assertEquals(List.of(), told());
        next.resume(on, PresenceTold.NOTHING, Role.READER, true);
        next.resume(on, PresenceTold.NOTHING, null, true);
        awaitTold("you member", "you member");
    }

    private void look() {
        ana.check(TestConnections.PATIENT, System.nanoTime());
    }

    /** Whoever rings at the same time may be the one that writes. */
    private void awaitTold(String... wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (told().size() < wanted.length && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(wanted), told());
    }

    /** Of each frame that says a role its type and the role. */
    private List<String> told() {
        return seen.stream()
                .filter(frame -> frame.contains("\"role\""))
                .map(frame -> frame.replaceFirst(".*?\"type\":\"(\\w+)\".*\"role\":\"(\\w+)\".*", "$1 $2"))
                .toList();
    }

    private final class Changing extends Rights {
        @Override
        public Role role(RoomId room, Member member) {
            return role;
        }
    }
}
