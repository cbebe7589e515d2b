package dev.roomcast.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.RoomcastProcess;
import dev.roomcast.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the delivery of one token to one reader costs the servers' processors: one node without Redis, one with it, and two between which
 * readers of each room are spread (src/docs/cluster.md says how to run it). Not among the tests, since it takes a quiet machine.
 */
class NodesBench {

    /** Of each room; what a token costs before it is delivered at all is shared by them. */
    private static final int READERS = Integer.getInteger("roomcast.bench.readers", 20);

    private static final int ROOMS = Integer.getInteger("roomcast.bench.rooms", 10);
    private static final int TOKENS = 200;
    private static final int ROUNDS = 3;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void what_a_delivery_costs() throws Exception {
        try (RedisServer redis = RedisServer.start();
                RoomcastProcess alone =
                        new RoomcastProcess("bench-alone", Map.of()).start().awaitReady();
                RoomcastProcess one = new RoomcastProcess("bench-one", Map.of("ROOMCAST_REDIS_URL", redis.url()))
                        .start()
                        .awaitReady();
                RoomcastProcess two = new RoomcastProcess("bench-two", Map.of("ROOMCAST_REDIS_URL", redis.url()))
                        .start()
                        .awaitReady()) {
            for (int round = 0; round < ROUNDS; round++) { // at first the servers still get faster
                double without = microseconds(List.of(alone));
                double with = microseconds(List.of(one));
                double both = microseconds(List.of(one, two));
                System.out.printf(
                        "CPU of a delivery: %.1f µs without Redis, %.1f µs with it, %.1f µs on two nodes, which so carry %.2f times as much as one%n",
                        without, with, both, 2 * with / both);
            }
        }
    }

    /** Of these nodes together; each reader gets each token, however many come in one frame. */
    private double microseconds(List<RoomcastProcess> nodes) throws Exception {
        List<Reader> readers = new ArrayList<>();
        for (int room = 0; room < ROOMS; room++) {
            String name = "bench-" + House.unique();
            for (int i = 0; i < READERS; i++) {
                readers.add(new Reader(nodes.get(i % nodes.size()).address(), name));
            }
        }
        for (Reader reader : readers) {
            reader.joined.await();
        }
        Duration before = cpu(nodes);
        for (int room = 0; room < ROOMS; room++) {
            readers.get(room * READERS).ask("[[demo tokens=" + TOKENS + " gap=50ms numbered]]");
        }
        for (Reader reader : readers) {
            if (!reader.ended.await(5, TimeUnit.MINUTES)) {
                throw new AssertionError("an answer did not end");
            }
        }
        Duration spent = cpu(nodes).minus(before);
        readers.forEach(reader -> reader.socket.abort());
        return spent.toNanos() / 1_000.0 / ((double) ROOMS * READERS * TOKENS);
    }

    private static Duration cpu(List<RoomcastProcess> nodes) {
        return nodes.stream().map(RoomcastProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** A guest, as cheap as can be: the machine is the servers'. */
    private final class Reader implements WebSocket.Listener {

        final CountDownLatch joined = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final WebSocket socket;
        private final StringBuilder frame = new StringBuilder();

        Reader(URI node, String room) {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(node.resolve("ws").toString().replaceFirst("^http", "ws")), this)
                    .join();
            socket.sendText(Client.command("j", "join", "roomId", room), true).join();
        }

        void ask(String prompt) {
            socket.sendText(Client.command("q", "ai-query", "prompt", prompt), true)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                if (frame.indexOf("\"type\":\"joined\"") >= 0) {
                    joined.countDown();
                } else if (frame.indexOf("\"type\":\"ai-end\"") >= 0) {
                    JsonNode end = House.json(frame.toString());
                    if (end.get("status").asText().equals("complete")) {
                        ended.countDown();
                    }
                }
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
