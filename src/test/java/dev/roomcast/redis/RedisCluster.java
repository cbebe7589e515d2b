package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real Redis Cluster of three masters on this machine. */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();

    /** Skips the test where there is no Redis. */
    public RedisCluster(String... settings) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        all.addAll(List.of(settings));
        for (int i = 0; i < MASTERS; i++) {
            servers.add(RedisServer.start(all.toArray(String[]::new)));
        }
        for (int i = 0; i < MASTERS; i++) {
            int from = SLOTS * i / MASTERS;
            say(
                    servers.get(i),
                    "CLUSTER ADDSLOTS "
                            + IntStream.range(from, SLOTS * (i + 1) / MASTERS)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(" ")));
            say(servers.get(i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        servers.subList(1, MASTERS).forEach(other -> say(servers.get(0), "CLUSTER MEET 127.0.0.1 " + other.port()));
        servers.forEach(RedisCluster::awaitAgreement);
    }

    /** Its masters, each of which may die and come again. */
    public List<RedisServer> masters() {
        return List.copyOf(servers);
    }

    public String url() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    private static void awaitAgreement(RedisServer server) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            String info = say(server, "CLUSTER INFO");
            if (info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS)) {
                return;
            }
            assertEquals(true, System.nanoTime() - deadline < 0, "the cluster did not come together: " + info);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** One inline command (Redis protocol), and the beginning of its answer. */
    private static String say(RedisServer server, String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
