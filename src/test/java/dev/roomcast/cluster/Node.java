package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.TestRedis;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What one node has of a cluster, without a server around it. */
final class Node implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestThreads threads = new TestThreads();
    final Redis redis;
    final Asking asking;

    /** Once it has found Redis. */
    Node(RedisServer server) {
        this(server.url());
    }

    Node(String url) {
        this(TestRedis::at, url, Asking::new);
    }

    private Node(BiFunction<String, Threads, Redis> connection, String url, Function<Redis, Asking> asks) {
        redis = connection.apply(url, threads);
        asking = asks.apply(redis);
        await("Redis to answer", redis::isUp);
    }

    /** One that soon gives up a Redis that does not answer, and whose callers wait for even less. */
    static Node hasty(RedisServer server) {
        return new Node(TestRedis::hasty, server.url(), redis -> new Asking(redis, Duration.ofMillis(100)));
    }

    /** By which it is soon known to be dead. */
    Nodes mortal() {
        return new Nodes(redis, threads, Duration.ofMillis(700));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** As if the process were killed: nothing is said any more. */
    @Override
    public void close() {
        threads.close();
        redis.close();
    }
}
