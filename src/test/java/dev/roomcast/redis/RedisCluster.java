package dev.roomcast.redis;

import dev.roomcast.it.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Redis Cluster of three masters, on free ports of this machine. */
public final class RedisCluster implements AutoCloseable {

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** Started and of one mind; skips the test where there is no Redis. */
    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < 3; i++) {
                cluster.servers.add(RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
            }
            cluster.meet();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public String url() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    private void meet() {
        List<String> create = new ArrayList<>(List.of(client(), "--cluster", "create"));
        servers.forEach(server -> create.add("127.0.0.1:" + server.port()));
        create.add("--cluster-yes");
        run(create);
        for (RedisServer server : servers) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!run(List.of(client(), "-p", Integer.toString(server.port()), "cluster", "info"))
                    .contains("cluster_state:ok")) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The cluster does not come together.");
                }
            }
        }
    }

    /** It comes with the server. */
    private static String client() {
        return Needs.redis().resolveSibling("redis-cli").toString();
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
