package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The connection to a real Redis Cluster of three, of which one dies. */
class RedisClusterTest {

    private static final Script ECHO = Script.of("return {ARGV[1]}");

    @Test
    void it_is_up_while_all_masters_are_since_rooms_are_on_all_of_them() throws Exception {
        BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
        Threads threads = new TestThreads();
        List<String> settings = new ArrayList<>(RedisServer.KEEPS);
        // A master that has just started refuses what may write for two seconds; whether it is reached is asked here.
        settings.addAll(List.of("--cluster-allow-reads-when-down", "yes"));
        try (RedisCluster cluster = new RedisCluster(settings.toArray(String[]::new))) {
            Redis redis = TestRedis.at(cluster.url(), threads);
            redis.watch(changes::add);
            assertEquals(true, changes.poll(60, TimeUnit.SECONDS));
            for (RedisServer master : cluster.masters()) {
                master.kill();
                assertEquals(false, changes.poll(60, TimeUnit.SECONDS), "one is dead");
                master.again();
                assertEquals(true, changes.poll(60, TimeUnit.SECONDS), "and there again");
            }
            for (String key : List.of("a", "b", "c", "d", "e", "f")) {
                assertEquals(List.of("1"), said(redis, "roomcast:" + key), "each is asked as before");
            }
            redis.close();
        } finally {
            threads.close();
        }
    }

    /** A cluster that lacked somebody takes a moment to believe that it is whole. */
    private static List<Object> said(Redis redis, String key) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return redis.run(ECHO, List.of(key), "1").toCompletableFuture().join();
            } catch (java.util.concurrent.CompletionException notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw notYet;
                }
            }
        }
    }
}
