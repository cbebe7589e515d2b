package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.Buckets;
import dev.roomcast.member.Counters;
import dev.roomcast.member.CountersContract;
import dev.roomcast.member.MemoryCounters;
import dev.roomcast.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisCountersTest extends CountersContract {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    @Override
    protected Counters here() {
        return counters(CLUSTER.one);
    }

    @Override
    protected Counters there() {
        return counters(CLUSTER.two);
    }

    private static Counters counters(Node node) {
        return new RedisCounters(node.redis, node.asking, new MemoryCounters(node.threads));
    }

    @Test
    void without_redis_each_node_counts_by_itself_and_nobody_is_kept_waiting() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            Buckets buckets = counters(node).buckets("q", 3, 3, Duration.ofDays(1));
            assertNull(buckets.take("ana", 1));
            server.pause(); // it does not even refuse
            assertNull(buckets.take("ana", 1));
            assertNull(buckets.take("ana", 1));
            assertNotNull(buckets.take("ana", 1));
            server.goOn();
        }
    }

    @Test
    void what_is_put_back_while_redis_is_away_was_not_taken_there_and_is_not_sent_there() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            Buckets buckets = counters(node).buckets("m", 3, 1, Duration.ofDays(1));
            assertNull(buckets.take("ana", 2));
            server.pause();
            Node.await("Redis to be given up", () -> !node.redis.isUp());
            assertNull(buckets.take("ana", 1));
            buckets.putBack("ana", 1);
            server.goOn();
            Node.await("Redis to be back", node.redis::isUp);
            assertEquals(1, buckets.left("ana", "x").left());
        }
    }

    @Test
    void what_is_held_by_nodes_that_are_gone_and_never_settled_is_forgotten_before_it_is_too_much() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            Buckets buckets = counters(node).buckets("t", 10_000, 1, Duration.ofDays(1));
            for (int i = 1; i <= 1_100; i++) {
                assertNull(buckets.hold("ana", "a" + i, 2));
            }
            assertEquals(104, fields(server, "roomcast:bucket:t:ana"), "the bucket's own two among them");
            buckets.settle("ana", "a1100", 2, 1);
            buckets.settle("ana", "a1", 2, 1);
            assertEquals(10_000 - 2_200 + 1, buckets.left("ana", "x").left());
        }
    }

    @Test
    void what_costs_more_than_was_held_for_it_is_taken_also_if_the_bucket_was_full_again_meanwhile() {
        Duration day = Duration.ofDays(1);
        Buckets fast = here().buckets("cost", 100, day.toMillis(), day);
        Buckets slow = there().buckets("cost", 100, 1, day);
        assertNull(fast.hold("ana", "a1", 60));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (fast.left("ana", "x").left() < 100) {
            assertTrue(System.nanoTime() < deadline);
        }
        fast.putBack("ana", 1); // which finds it full
        fast.settle("ana", "a1", 60, 260);
        while (slow.waitFor("ana") == null) {
            assertTrue(System.nanoTime() < deadline, "it cost nothing");
        }
    }

    private static int fields(RedisServer server, String key) {
        return Integer.parseInt(server.say("HLEN " + key).strip().substring(1));
    }
}
