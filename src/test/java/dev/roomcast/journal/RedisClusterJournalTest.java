package dev.roomcast.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.redis.RedisCluster;
import dev.roomcast.room.Journal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a Redis Cluster of three, in {@code -Pslow}. */
class RedisClusterJournalTest extends JournalContract {

    private static RedisCluster cluster;
    private TestNode node;

    @BeforeAll
    static void start() {
        assumeTrue(Boolean.getBoolean("roomcast.test.slow"), "only in -Pslow");
        cluster = new RedisCluster();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    Journal create() throws InterruptedException {
        node = new TestNode(cluster.url());
        node.forget();
        return node.journal;
    }

    @AfterEach
    void leave() {
        if (node != null) {
            node.close();
        }
    }
}
