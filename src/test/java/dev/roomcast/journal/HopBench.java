package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How much later readers see what was said if there is a Redis in between: on the node where it was said, and on another one
 * (src/docs/cluster.md says how to run it). Not among the tests, since it takes a quiet machine.
 */
class HopBench {

    private static final int WARM = 500;
    private static final int MEASURED = 1_000;
    private static final double BOUND_MILLIS = 5;

    @Test
    void the_hop_through_redis_is_short() throws Exception {
        try (RedisServer server = RedisServer.start(RedisServer.KEEPS.toArray(String[]::new));
                TestNode one = new TestNode(server.url());
                TestNode two = new TestNode(server.url())) {
            one.open(ROOM);
            two.open(ROOM);
            List<Double> here = new ArrayList<>();
            List<Double> there = new ArrayList<>();
            for (int i = 0; i < WARM + MEASURED; i++) {
                CountDownLatch seen = new CountDownLatch(1);
                long before = two.state(ROOM).position().seq();
                try (var watch = two.journal.watch(ROOM, () -> {
                    if (two.state(ROOM).position().seq() > before) {
                        seen.countDown();
                    }
                })) {
                    long begun = System.nanoTime();
                    one.journal
                            .append(ROOM, Draft.of(new Content.Message("m" + i, ANA, "hello")))
                            .toCompletableFuture()
                            .join();
                    double own = (System.nanoTime() - begun) / 1e6;
                    assertTrue(seen.await(10, TimeUnit.SECONDS));
                    if (i >= WARM) {
                        here.add(own);
                        there.add((System.nanoTime() - begun) / 1e6);
                    }
                }
            }
            System.out.printf(
                    "seen on the same node after %.2f ms at the median, %.2f ms at 99 %%; on the other after %.2f and %.2f ms%n",
                    at(here, 0.5), at(here, 0.99), at(there, 0.5), at(there, 0.99));
            assertTrue(at(there, 0.5) < BOUND_MILLIS, "takes " + at(there, 0.5) + " ms");
        }
    }

    private static double at(List<Double> values, double part) {
        return values.stream().sorted().toList().get((int) (values.size() * part));
    }
}
