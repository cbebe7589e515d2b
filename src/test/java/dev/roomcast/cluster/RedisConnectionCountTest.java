package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.member.ConnectionCount;
import dev.roomcast.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisConnectionCountTest {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    @Test
    void connections_on_all_living_nodes_count() {
        ConnectionCount one = count(CLUSTER.one);
        ConnectionCount two = count(CLUSTER.two);
        assertEquals(1, tell(one, "ana", 1));
        Node.await("both to know each other", () -> tell(two, "ana", 2) == 3 && one.all("ana", 1) == 3);
        assertEquals(2, tell(one, "ana", 0));
        assertEquals(0, one.all("ben", 0));
    }

    @Test
    void those_of_a_node_that_died_do_not() {
        ConnectionCount one = count(CLUSTER.one);
        Node dying = new Node(CLUSTER.server);
        ConnectionCount two = count(dying);
        tell(two, "carol", 5);
        Node.await("both to know each other", () -> one.all("carol", 1) == 6);
        dying.close();
        Node.await("its end", () -> one.all("carol", 1) == 1);
    }

    @Test
    void without_redis_those_of_this_node_do() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            ConnectionCount count = count(node);
            tell(count, "ana", 4);
            server.pause();
            assertEquals(5, tell(count, "ana", 5));
            assertEquals(5, count.all("ana", 5));
            server.goOn();
        }
    }

    private static int tell(ConnectionCount count, String user, int here) {
        return count.tell(user, here).toCompletableFuture().join();
    }

    private static ConnectionCount count(Node node) {
        return new RedisConnectionCount(node.redis, node.asking, node.mortal());
    }
}
