package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.it.Cable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection to a real Redis, also through its deaths. */
class RedisTest {

    private static final Script ECHO = Script.of("return {KEYS[1], ARGV[1], 42}");
    private static final Script COUNT = Script.of("return {redis.call('INCR', KEYS[1])}");
    private static final Script SAY = Script.of("return {redis.call('PUBLISH', ARGV[1], ARGV[2])}");
    private static final String NOTHING = "(subscribed)";

    private final Threads threads = new TestThreads();
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private RedisServer server;
    private Redis redis;

    @BeforeEach
    void connect() throws Exception {
        server = RedisServer.start();
        redis = TestRedis.hasty(server.url(), threads);
        redis.watch(changes::add);
        await(true);
    }

    @AfterEach
    void close() {
        if (redis != null) {
            redis.close();
        }
        threads.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_script_gets_its_keys_and_arguments_and_returns_what_it_found() {
        assertEquals(List.of("k", "Grüße 🎉", 42L), run(ECHO, "k", "Grüße 🎉"));
    }

    @Test
    void a_restarted_redis_is_taught_the_scripts_again() throws Exception {
        run(ECHO, "k", "1");
        server.kill();
        await(false);
        assertInstanceOf(
                Unreachable.class,
                assertThrows(CompletionException.class, () -> run(ECHO, "k", "2"))
                        .getCause());
        server.again();
        await(true);
        assertEquals(List.of("k", "3", 42L), run(ECHO, "k", "3"));
    }

    @Test
    void a_redis_that_does_not_answer_is_noticed_and_nothing_is_sent_twice() throws Exception {
        run(COUNT, "n");
        server.pause();
        var unanswered = redis.run(COUNT, List.of("n")).toCompletableFuture();
        assertInstanceOf(
                Unreachable.class,
                assertThrows(CompletionException.class, unanswered::join).getCause());
        await(false);
        server.goOn();
        await(true);
        assertEquals(List.of(3L), run(COUNT, "n"), "run once, although its answer came too late");
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIG SET min-replicas-to-write 1, CONFIG SET min-replicas-to-write 0",
        "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0",
        "REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE"
    })
    void a_redis_that_answers_and_takes_nothing_is_away_until_it_does(String harm, String amends) throws Exception {
        server.say(harm);
        await(false);
        server.say(amends);
        await(true);
        assertEquals(List.of(1L), run(COUNT, "n"));
    }

    @Test
    void what_is_published_is_heard_also_after_a_restart() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (var listening = redis.listen("bell", message -> heard.add(message == null ? NOTHING : message))) {
            assertEquals(NOTHING, heard.poll(10, TimeUnit.SECONDS));
            run(SAY, "k", "bell", "one");
            assertEquals("one", heard.poll(10, TimeUnit.SECONDS));
            server.kill();
            server.again();
            assertEquals(NOTHING, heard.poll(10, TimeUnit.SECONDS), "told that something may have been missed");
            redis.run(SAY, List.of("k"), "bell", "two").exceptionally(notYet -> null);
            String next = heard.poll(1, TimeUnit.SECONDS);
            while (next == null) {
                redis.run(SAY, List.of("k"), "bell", "two").exceptionally(notYet -> null);
                next = heard.poll(1, TimeUnit.SECONDS);
            }
            assertEquals("two", next);
        }
        assertNull(heard.poll());
    }

    @Test
    void who_begins_to_listen_while_redis_is_away_hears_what_is_published_afterwards() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        server.kill();
        await(false);
        try (var listening = redis.listen("bell", message -> heard.add(message == null ? NOTHING : message))) {
            server.again();
            await(true);
            assertEquals(NOTHING, heard.poll(20, TimeUnit.SECONDS));
            run(SAY, "k", "bell", "one");
            assertEquals("one", heard.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_connection_that_listens_and_leads_nowhere_is_given_up_for_another() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Cable cable = new Cable(server.port())) {
            BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
            Redis far = far(cable, there);
            far.listen("bell", message -> heard.add(message == null ? NOTHING : message));
            assertEquals(NOTHING, heard.poll(20, TimeUnit.SECONDS));
            cable.lose(1); // the one that was opened second: scripts go over the first
            assertEquals(NOTHING, heard.poll(30, TimeUnit.SECONDS), "told that something may have been missed");
            run(SAY, "k", "bell", "one");
            assertEquals("one", heard.poll(20, TimeUnit.SECONDS));
            assertNull(there.poll(), "Redis was there all the time");
            far.close();
        }
    }

    @Test
    void connections_that_all_lead_nowhere_are_given_up_for_others() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Cable cable = new Cable(server.port())) {
            BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
            Redis far = far(cable, there);
            far.listen("bell", message -> heard.add(message == null ? NOTHING : message));
            assertEquals(NOTHING, heard.poll(20, TimeUnit.SECONDS));
            int before = connections();
            cable.lose(0);
            cable.lose(1);
            assertEquals(false, there.poll(20, TimeUnit.SECONDS));
            assertEquals(true, there.poll(30, TimeUnit.SECONDS));
            assertEquals(NOTHING, heard.poll(30, TimeUnit.SECONDS), "told that something may have been missed");
            far.run(SAY, List.of("k"), "bell", "one").toCompletableFuture().join();
            assertEquals("one", heard.poll(20, TimeUnit.SECONDS));
            await("as many as before", () -> connections() == before);
            far.close();
        }
    }

    @Test
    void connections_that_lead_nowhere_are_given_up_however_much_is_said_on_them_meanwhile() throws Exception {
        try (Cable cable = new Cable(server.port())) {
            BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
            Redis far = far(cable, there);
            cable.lose(0);
            // More than the client keeps without an answer: from then on it refuses at once what it is asked, and sends
            // nothing.
            for (int i = 0; i < 12_000; i++) {
                far.run(COUNT, List.of("n"));
            }
            assertEquals(false, there.poll(20, TimeUnit.SECONDS));
            assertEquals(true, there.poll(30, TimeUnit.SECONDS));
            assertEquals(List.of(1L), run(COUNT, "n"), "what was lost is not said again");
            far.close();
        }
    }

    @Test
    void what_a_connection_that_was_given_up_has_still_to_send_does_not_arrive_any_more() throws Exception {
        try (Cable cable = new Cable(server.port())) {
            BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
            Redis far = far(cable, there);
            cable.lose(0);
            assertEquals(false, there.poll(20, TimeUnit.SECONDS));
            assertEquals(true, there.poll(30, TimeUnit.SECONDS));
            await("it to be broken off, and not ended once all is sent", () -> cable.isBrokenOff(0));
            far.close();
        }
    }

    @Test
    void what_was_said_last_arrives_before_a_server_that_stops_breaks_off() throws Exception {
        run(COUNT, "n"); // then Redis knows the script
        try (Cable cable = new Cable(server.port())) {
            Redis stopping = TestRedis.at("redis://127.0.0.1:" + cable.port(), threads);
            TestRedis.awaitUp(stopping);
            cable.hush();
            for (int i = 0; i < 9_000; i++) {
                stopping.run(COUNT, List.of("n"), "x".repeat(2_000)); // more than is under way at once
            }
            Thread closing = new Thread(stopping::close);
            closing.start();
            closing.join(200);
            cable.mend();
            closing.join();
            assertEquals(List.of(9_002L), run(COUNT, "n"));
        }
    }

    @Test
    void however_often_it_is_tried_in_vain_no_connection_is_left_over() throws Exception {
        try (Cable cable = new Cable(server.port())) {
            BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
            Redis far = far(cable, there);
            int before = connections();
            cable.hush();
            assertEquals(false, there.poll(20, TimeUnit.SECONDS));
            await("others in vain", () -> cable.opened() >= 4);
            cable.mend();
            assertEquals(true, there.poll(20, TimeUnit.SECONDS));
            await("as many as before", () -> connections() == before);
            far.close();
        }
    }

    @Test
    void it_is_found_by_a_server_that_started_before_it() throws Exception {
        server.kill();
        await(false);
        BlockingQueue<Boolean> later = new LinkedBlockingQueue<>();
        Redis early = TestRedis.at(server.url(), threads);
        early.watch(later::add);
        server.again();
        assertTrue(later.poll(20, TimeUnit.SECONDS));
        early.close();
    }

    /** By way of this cable, and connected. @param there what it tells of that from now on */
    private Redis far(Cable cable, BlockingQueue<Boolean> there) throws InterruptedException {
        Redis far = TestRedis.hasty("redis://127.0.0.1:" + cable.port(), threads);
        far.watch(there::add);
        assertTrue(there.poll(20, TimeUnit.SECONDS));
        return far;
    }

    /** Also those that Redis has not yet seen to be closed. */
    private int connections() {
        return (int) server.say("CLIENT LIST")
                .lines()
                .filter(line -> line.contains(" name=roomcast "))
                .count();
    }

    private static void await(String what, BooleanSupplier wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private List<Object> run(Script script, String key, String... arguments) {
        return redis.run(script, List.of(key), arguments).toCompletableFuture().join();
    }

    private void await(boolean up) throws InterruptedException {
        assertEquals(up, changes.poll(20, TimeUnit.SECONDS));
    }
}
