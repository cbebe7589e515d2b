package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.member.Notes;
import dev.roomcast.member.Presence;
import dev.roomcast.room.RoomId;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets whose reader does not read take seconds to close, on some servers. What others do does not wait for that. */
class ManyClosingTest {

    private static final Member ANA =
            new Member("ana", "Ana", false, Set.of(), Instant.now().plusSeconds(600));
    private static final Member MAL = new Member("mal", "Mal", false);

    /** As one user may have. */
    private static final int CLOSING = 50;

    private final Threads threads = RealThreads.of(1);
    private final Presence presence = new MemoryPresence();
    private final Connections connections = new TestConnections(threads, presence)
            .with(new Admission(new TokensOf(bearer -> new Member("ana", "Ana", false)), new MemoryTickets()))
            .make();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void closeMany() {
        for (int i = 0; i < CLOSING; i++) {
            connections.open(MAL, new Stuck()).close(Closing.STALLED);
        }
    }

    @AfterEach
    void close() {
        closed.countDown();
        threads.close();
    }

    @Test
    void who_shows_a_new_token_in_time_stays() throws InterruptedException {
        Connection ana = connections.open(ANA, new SeenSink(seen));
        ana.receive("{\"type\":\"refresh\",\"id\":\"r\",\"token\":\"new\"}");
        assertEquals("{\"type\":\"reply\",\"re\":\"r\"}", next());
        assertEquals(Instant.MAX, ana.member().until());
    }

    @Test
    void a_poll_ends_when_its_time_is_over() throws InterruptedException {
        PollSessions polls = new PollSessions(presence, Notes.ALONE, threads);
        RoomId room = new RoomId("standup");
        Joining fresh = new Joining(room, (String) null, null, false);
        Connection first = polls.open(connections, ANA, null, polls.sink(response(), fresh), fresh);
        assertTrue(next().contains("\"type\":\"joined\""));
        String position = connections.rooms().room(room).state().position().toString();
        Joining on = new Joining(room, position, null, false);
        PollSession known = polls.known(ANA, first.session(), on);
        Connection second = polls.open(connections, ANA, known, polls.sink(response(), on), on);
        second.close(Closing.LOST); // as the timer does
        assertTrue(next().contains("\"events\":[]"));
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }

    private AsyncResponse response() {
        return (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    assertEquals("resume", method.getName());
                    return seen.add((String) ((Response) arguments[0]).getEntity());
                });
    }

    private final class Stuck implements Sink {
        @Override
        public void write(Frame frame, Completion done) {}

        @Override
        public void close(Closing why) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
