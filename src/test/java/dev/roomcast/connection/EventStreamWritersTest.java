package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamWritersTest {

    private static final int BOUND = 2;
    private static final long SECONDS = 20;

    private final Threads threads = RealThreads.of(1);
    private final BlockingQueue<String> letGo = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void beyond_the_bound_whoever_has_stalled_for_longest_is_let_go() throws InterruptedException {
        var writers = new EventStreamWriters(threads, BOUND, Duration.ofMillis(1));
        stall(writers, "first");
        stall(writers, "second");
        CountDownLatch written = new CountDownLatch(1);
        writers.write(written::countDown, () -> letGo.add("who reads"));

        assertTrue(written.await(SECONDS, TimeUnit.SECONDS), "who reads waits for those who do not");
        assertEquals("first", letGo.poll(SECONDS, TimeUnit.SECONDS));
        assertTrue(letGo.isEmpty(), "one waited, and more were let go: " + letGo);
    }

    @Test
    void within_the_bound_nobody_is_let_go_for_others() throws InterruptedException {
        var writers = new EventStreamWriters(threads, BOUND, Duration.ofMillis(1));
        stall(writers, "first");
        CountDownLatch written = new CountDownLatch(1);
        writers.write(written::countDown, () -> letGo.add("who reads"));
        assertTrue(written.await(SECONDS, TimeUnit.SECONDS));
        assertTrue(letGo.isEmpty(), letGo + " let go");
    }

    @Test
    void who_reads_is_never_let_go_however_many_they_are() throws InterruptedException {
        var writers = new EventStreamWriters(threads, BOUND, Duration.ofMinutes(1));
        CountDownLatch written = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            writers.write(written::countDown, () -> letGo.add("who reads"));
        }
        assertTrue(written.await(SECONDS, TimeUnit.SECONDS));
        assertTrue(letGo.isEmpty(), letGo + " let go");
    }

    /** Begins a write that does not end before the reader is let go, or the test is over. */
    private void stall(EventStreamWriters writers, String name) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        writers.write(
                () -> {
                    begun.countDown();
                    try {
                        gone.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // the test is over
                    }
                },
                () -> {
                    letGo.add(name);
                    gone.countDown();
                });
        assertTrue(begun.await(SECONDS, TimeUnit.SECONDS));
    }
}
