package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.member.Presence;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection ends with its token, unless it is shown a new one in time. */
class TokenEndTest {

    private static final Member ENDED = ana(Instant.now().minusSeconds(1));
    private static final Member GOOD = ana(Instant.now().plusSeconds(600));

    private final CountDownLatch verified = new CountDownLatch(1);
    private final TestThreads threads = new TestThreads();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Presence presence = new MemoryPresence();
    private final Connections connections = new TestConnections(threads, presence)
            .with(new Admission(new TokensOf(this::known), new MemoryTickets()))
            .make();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_connection_ends_with_its_token() throws InterruptedException {
        Connection connection = connections.open(ENDED, new Seen());
        connection.check(TestConnections.PATIENT, System.nanoTime());
        assertEquals("close 4010", next());
        assertTrue(connection.isClosed());
    }

    @Test
    void a_command_behind_the_end_of_the_token_is_not_run() throws InterruptedException {
        connections.open(ENDED, new Seen()).receive("{\"type\":\"ping\",\"id\":\"p\"}");
        assertEquals("close 4010", next());
    }

    @Test
    void a_new_token_of_the_same_user_keeps_it_open() throws InterruptedException {
        Connection connection = connections.open(GOOD, new Seen());
        connection.receive(refresh("good"));
        assertEquals("{\"type\":\"reply\",\"re\":\"r\"}", next());
        assertEquals(Instant.MAX, connection.member().until());
        connection.check(TestConnections.PATIENT, System.nanoTime());
        assertFalse(connection.isClosed());
    }

    @Test
    void a_token_that_is_bad_or_somebody_elses_changes_nothing() throws InterruptedException {
        Connection connection = connections.open(GOOD, new Seen());
        connection.receive(refresh("bad"));
        assertTrue(next().contains("\"code\":\"unauthorized\""));
        connection.receive(refresh("bens"));
        assertTrue(next().contains("\"code\":\"not-allowed\""));
        connection.receive("{\"type\":\"refresh\",\"id\":\"r\"}");
        assertTrue(next().contains("\"code\":\"bad-frame\""));
        assertEquals(GOOD, connection.member());
        assertFalse(connection.isClosed());
    }

    @Test
    void new_tokens_are_verified_one_at_a_time() throws InterruptedException {
        Connection connection = connections.open(GOOD, new Seen());
        connection.receive(refresh("slow"));
        connection.receive(refresh("good"));
        assertTrue(next().contains("\"code\":\"rate-limited\""));
        verified.countDown();
        assertTrue(next().contains("\"code\":\"unauthorized\""));
        connection.receive(refresh("good"));
        assertEquals("{\"type\":\"reply\",\"re\":\"r\"}", next());
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String refresh(String token) {
        return "{\"type\":\"refresh\",\"id\":\"r\",\"token\":\"" + token + "\"}";
    }

    private static Member ana(Instant until) {
        return new Member("ana", "Ana", false, Set.of(), until);
    }

    private final class Seen extends SeenSink {
        Seen() {
            super(seen);
        }

        @Override
        public void close(Closing why) {
            seen.add("close " + why.code());
        }
    }

    private Member known(String bearer) {
        if (bearer.equals("slow")) {
            await(verified);
        }
        return Map.of("good", new Member("ana", "Ana", false), "bens", new Member("ben", "Ben", false))
                .get(bearer);
    }
}
