package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.it.Cable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A name or an address that is given to another master, while the old one lives on as its replica. */
class DemotedMasterTest {

    private static final Script SAY = Script.of("return {redis.call('PUBLISH', ARGV[1], ARGV[2])}");
    private static final String NOTHING = "(subscribed)";

    @Test
    void one_that_keeps_its_connections_is_left_for_the_one_that_its_name_leads_to() throws Exception {
        BlockingQueue<Boolean> there = new LinkedBlockingQueue<>();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Threads threads = new TestThreads();
        try (RedisServer old = RedisServer.start();
                RedisServer other = RedisServer.start();
                Cable name = new Cable(old.port())) {
            Redis redis = TestRedis.hasty("redis://127.0.0.1:" + name.port(), threads);
            redis.watch(there::add);
            assertTrue(there.poll(20, TimeUnit.SECONDS));
            redis.listen("bell", message -> heard.add(message == null ? NOTHING : message));
            assertEquals(NOTHING, heard.poll(20, TimeUnit.SECONDS));
            old.say("REPLICAOF 127.0.0.1 " + other.port());
            assertEquals(false, there.poll(20, TimeUnit.SECONDS));
            await("others in vain", () -> name.opened() >= 8);
            assertNull(heard.poll(), "nothing is gained by other connections to the same one");
            name.lead(other.port());
            assertEquals(true, there.poll(30, TimeUnit.SECONDS));
            assertEquals(NOTHING, heard.poll(30, TimeUnit.SECONDS), "told that something may have been missed");
            redis.run(SAY, List.of("k"), "bell", "one").toCompletableFuture().join();
            assertEquals("one", heard.poll(20, TimeUnit.SECONDS));
            await("no connection left over", () -> !old.say("CLIENT LIST").contains(" name=roomcast "));
            redis.close();
        } finally {
            threads.close();
        }
    }

    private static void await(String what, BooleanSupplier wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
