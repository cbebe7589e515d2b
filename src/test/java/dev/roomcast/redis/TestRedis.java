package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.Threads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The connection to Redis as tests have it: asked more often whether it answers, so that they wait less for that. */
public final class TestRedis {

    private static final Duration PULSE = Duration.ofMillis(100);

    /** As patient as a server: a slow machine is not taken for a Redis that is away. */
    public static Redis at(String url, Threads threads) {
        return at(url, threads, Pace.USUAL.patience());
    }

    /** Soon without patience: for tests that wait until a Redis that does not answer is given up. */
    public static Redis hasty(String url, Threads threads) {
        return at(url, threads, Duration.ofMillis(700));
    }

    private static Redis at(String url, Threads threads, Duration patience) {
        return new Redis(Optional.of(url), Optional.empty(), threads, new Pace(patience, PULSE));
    }

    /** For tests that have it by itself, without a node that waits for that. */
    public static void awaitUp(Redis redis) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        redis.watch(now -> up.countDown());
        assertTrue(redis.isUp() || up.await(20, TimeUnit.SECONDS));
    }

    private TestRedis() {}
}
