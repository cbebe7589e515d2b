package dev.roomcast.it.protocol;

import dev.roomcast.it.Cable;
import dev.roomcast.it.RoomcastProcess;
import dev.roomcast.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills, stops, freezes and cuts off servers and Redis, one thing after another, and mends it again. Each harm lasts for as long as
 * chance will have it, shorter and longer than an answer's lease. One thread.
 */
final class Nemesis {

    private static final int LONGEST_MILLIS = 7_000;
    /** Seconds that a node takes to start beside others that work. */
    private static final int START = 12;

    private final Random random;
    private final List<RoomcastProcess> nodes;
    private final List<RedisServer> redis;
    /** The way of each node to Redis; none with a cluster, of which a node learns the addresses by itself. */
    private final List<Cable> cables;

    private final List<String> diary = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long end;

    Nemesis(Random random, List<RoomcastProcess> nodes, List<RedisServer> redis, List<Cable> cables) {
        this.random = random;
        this.nodes = nodes;
        this.redis = redis;
        this.cables = cables;
    }

    /** What it did and when, for whoever has to understand what came of it. */
    List<String> diary() {
        return diary;
    }

    /** For so long; afterwards everything is there again, or starts. */
    void harm(long seconds) throws InterruptedException {
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            pass(1_500); // in between things work
            int one = random.nextInt(nodes.size());
            // A server that does not start before the end is waited for, and nothing happens meanwhile.
            boolean startsInTime = end - System.nanoTime() > TimeUnit.SECONDS.toNanos(START);
            switch (random.nextInt(startsInTime ? 0 : 2, cables.isEmpty() ? 5 : 7)) {
                case 0 -> {
                    note("kills " + one);
                    nodes.get(one).kill();
                    nodes.get(one).start();
                }
                case 1 -> {
                    note("stops " + one);
                    nodes.get(one).stop();
                    nodes.get(one).start();
                }
                case 2 -> {
                    note("freezes " + one);
                    nodes.get(one).pause();
                    pass(LONGEST_MILLIS);
                    nodes.get(one).goOn();
                }
                case 3 -> {
                    RedisServer server = redis.get(random.nextInt(redis.size()));
                    note("kills Redis");
                    server.kill();
                    pass(1_000);
                    server.again();
                }
                case 4 -> {
                    RedisServer server = redis.get(random.nextInt(redis.size()));
                    note("freezes Redis");
                    server.pause();
                    pass(LONGEST_MILLIS);
                    server.goOn();
                }
                case 5 -> {
                    note("cuts off " + one);
                    cables.get(one).cut();
                    pass(LONGEST_MILLIS);
                    cables.get(one).mend();
                }
                default -> {
                    note("loses what goes between Redis and " + one);
                    cables.get(one).hush();
                    pass(LONGEST_MILLIS);
                    cables.get(one).cut(); // as a router would that forgot its connections
                    cables.get(one).mend();
                }
            }
            note("mends it");
        }
    }

    /** Waits until everything is there again. */
    void rest() throws InterruptedException {
        for (RoomcastProcess node : nodes) {
            node.awaitReady();
        }
        note("rests");
    }

    private void note(String what) {
        diary.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms: it " + what);
    }

    private void pass(int longest) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        TimeUnit.MILLISECONDS.sleep(Math.max(0, Math.min(left, random.nextInt(longest))));
    }
}
