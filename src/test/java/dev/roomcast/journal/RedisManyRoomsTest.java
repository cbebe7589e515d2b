package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node with very many rooms that are read. */
class RedisManyRoomsTest {

    private static final int ROOMS = 10_000;
    private static final int TOGETHER = 500;

    @Test
    void ten_thousand_rooms_with_readers_cost_a_few_connections_and_no_scan() throws Exception {
        List<RoomId> rooms =
                IntStream.range(0, ROOMS).mapToObj(i -> new RoomId("room-" + i)).toList();
        try (RedisServer server = RedisServer.start();
                TestNode readers = new TestNode(server.url());
                TestNode writer = new TestNode(server.url())) {
            int before = connections(server);
            Semaphore rung = new Semaphore(0);
            for (int i = 0; i < ROOMS; i += TOGETHER) {
                List<CompletableFuture<?>> opening = new ArrayList<>();
                for (RoomId room : rooms.subList(i, i + TOGETHER)) {
                    readers.journal.watch(room, rung::release);
                    opening.add(readers.journal.open(room).toCompletableFuture());
                }
                CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
                        .get(60, TimeUnit.SECONDS);
            }
            rung.drainPermits();
            for (int i = 0; i < ROOMS; i += TOGETHER) {
                writer.append(rooms.get(i), new Content.Message("m" + i, ANA, "hello"));
                readers.await(rooms.get(i), state -> !state.history().isEmpty());
            }
            assertTrue(rung.tryAcquire(ROOMS / TOGETHER, 20, TimeUnit.SECONDS), "each has heard of its own");

            assertEquals(before, connections(server), "whatever the number of rooms");
            assertTrue(before < 10 + 1, before + " connections of two nodes, and the one that asks");
            String commands = server.say("INFO commandstats");
            assertFalse(commands.contains("scan:") || commands.contains("cmdstat_keys:"), commands);
        }
    }

    private static int connections(RedisServer server) {
        return Integer.parseInt(server.say("INFO clients").replaceAll("(?s).*connected_clients:(\\d+).*", "$1"));
    }
}
