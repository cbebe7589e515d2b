package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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
}
