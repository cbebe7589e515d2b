package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.redis.RedisCluster;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Two nodes on a real Redis Cluster of which a master dies: its replica takes over, and so rooms go on. In {@code -Pslow}. */
class RedisClusterFailoverTest {

    @Test
    void rooms_of_a_master_that_dies_go_on_with_its_replica_and_so_do_those_of_the_others() throws Exception {
        assumeTrue(Boolean.getBoolean("roomcast.test.slow"), "only in -Pslow");
        try (RedisCluster cluster = new RedisCluster(RedisServer.KEEPS.toArray(String[]::new))) {
            cluster.replicateFirst();
            RoomId there = new RoomId(cluster.onFirst("there"));
            RoomId elsewhere = new RoomId("elsewhere"); // in slot 6140, which is the second's
            try (TestNode one = new TestNode(cluster.url());
                    TestNode two = new TestNode(cluster.url())) {
                for (RoomId room : List.of(there, elsewhere)) {
                    two.open(room);
                    one.append(room, said("before"));
                    two.await(room, state -> two.messages(room).contains("before"));
                }
                Position before = two.state(there).position();
                cluster.awaitReplica();
                cluster.failOver();
                goOn(there, one, two, "after");
                goOn(elsewhere, one, two, "after");
                assertEquals(List.of("before", "after"), two.messages(there));
                assertEquals(
                        before.epoch(), two.state(there).position().epoch(), "nothing was lost, so it is the same log");

                try (TestNode started =
                        new TestNode(cluster.url())) { // while the dead one is still known as one of them
                    started.open(there);
                    assertEquals(List.of("before", "after"), started.messages(there));
                }
                cluster.comeAgain();
                goOn(there, two, one, "later");
                goOn(elsewhere, two, one, "later");
                try (TestNode late = new TestNode(cluster.url())) {
                    late.open(there);
                    assertEquals(List.of("before", "after", "later"), late.messages(there));
                }
            }
        }
    }

    /** One says it, as clients do, until it is acknowledged; the other hears it by the bell. */
    private static void goOn(RoomId room, TestNode one, TestNode other, String text) throws InterruptedException {
        for (int i = 0; ; i++) {
            one.await(true);
            try {
                one.journal
                        .append(room, Draft.of(said(text), "ana", text))
                        .toCompletableFuture()
                        .join();
                break;
            } catch (CompletionException refused) {
                if (i == 100) { // each as long as a lease
                    throw refused;
                }
            }
        }
        other.await(room, state -> other.messages(room).contains(text));
    }

    private static Content said(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }
}
