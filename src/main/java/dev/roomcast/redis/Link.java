package dev.roomcast.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.api.async.RedisStringAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The open connections, whatever kind of Redis is behind them: one for scripts (to each master of a cluster), and the first that listens
 * ({@link Channels} looks after it). They come back by themselves if they are known to be broken.
 *
 * @param connection the one for scripts
 * @param ping completes if Redis takes what is written, and all masters answer: a cluster that lacks one takes nothing for that one's rooms,
 *     and soon for none
 * @param open tells whether all of those for scripts are, as far as the client knows
 */
record Link(
        StatefulConnection<String, String> connection,
        RedisScriptingAsyncCommands<String, String> scripts,
        Supplier<CompletionStage<?>> ping,
        BooleanSupplier open,
        StatefulRedisPubSubConnection<String, String> listening) {

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    /** Written with each ping, where the pulses of nodes are: a Redis that lacks replicas or memory answers, and takes nothing. */
    private static final String WRITTEN_KEY = "roomcast:{nodes}:written";

    private static final long WRITTEN_MILLIS = 60_000;
    private static final int MAX_WAITING = 10_000;

    /**
     * The client, not yet connected.
     *
     * @param authority whose certificates are trusted; {@code null} for those that Java trusts
     * @param patience after so long without an answer a command has failed
     */
    static AbstractRedisClient client(
            ClientResources resources, RedisAddress address, Authority authority, Duration patience) {
        ClientOptions options = options(authority, patience);
        if (address.cluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, address.servers());
            client.setOptions(ClusterClientOptions.builder(options)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(Duration.ofSeconds(15))
                            .enableAllAdaptiveRefreshTriggers()
                            .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                            .build())
                    .build());
            return client;
        }
        RedisClient client = RedisClient.create(resources, address.servers().get(0));
        client.setOptions(options);
        return client;
    }

    /** Another connection that listens, for when the first leads nowhere any more. */
    static CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> listening(
            AbstractRedisClient client, RedisAddress address) {
        return client instanceof RedisClusterClient cluster
                ? cluster.connectPubSubAsync(StringCodec.UTF8)
                : ((RedisClient) client)
                        .connectPubSubAsync(StringCodec.UTF8, address.servers().get(0));
    }

    static CompletionStage<Link> open(AbstractRedisClient client, RedisAddress address) {
        if (client instanceof RedisClusterClient cluster) {
            // Who is in the cluster has to be known before (RedisClusterClient.connectAsync).
            return cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.UTF8))
                    .thenCompose(scripts -> toAll(cluster, scripts)
                            .thenCompose(all -> listening(client, address))
                            .thenApply(listening -> new Link(
                                    scripts,
                                    scripts.async(),
                                    () -> scripts.async()
                                            .nodes(Link::serves)
                                            .commands()
                                            .ping()
                                            .thenCompose(all -> write(scripts.async())),
                                    () -> masters(cluster, scripts).allMatch(Link::isOpen),
                                    listening))
                            .whenComplete(closingIfFailed(scripts)));
        }
        RedisClient server = (RedisClient) client;
        RedisURI at = address.servers().get(0);
        return server.connectAsync(StringCodec.UTF8, at)
                .thenCompose(scripts -> listening(client, address)
                        .thenApply(listening -> new Link(
                                scripts, scripts.async(), () -> write(scripts.async()), scripts::isOpen, listening))
                        .whenComplete(closingIfFailed(scripts)));
    }

    private static CompletionStage<String> write(RedisStringAsyncCommands<String, String> commands) {
        return commands.psetex(WRITTEN_KEY, WRITTEN_MILLIS, "1");
    }

    boolean isOpen() {
        return open.getAsBoolean();
    }

    void close() {
        connection.closeAsync();
        listening.closeAsync();
    }

    /** Whoever could not open all of it tries again, with new connections. */
    private static BiConsumer<Link, Throwable> closingIfFailed(StatefulConnection<String, String> opened) {
        return (link, failure) -> {
            if (failure != null) {
                opened.closeAsync();
            }
        };
    }

    /** Else a master is connected to by its first command, and that one is refused. */
    private static CompletionStage<Void> toAll(
            RedisClusterClient cluster, StatefulRedisClusterConnection<String, String> scripts) {
        return CompletableFuture.allOf(masters(cluster, scripts).toArray(CompletableFuture[]::new));
    }

    private static Stream<CompletableFuture<StatefulRedisConnection<String, String>>> masters(
            RedisClusterClient cluster, StatefulRedisClusterConnection<String, String> scripts) {
        return cluster.getPartitions().stream()
                .filter(Link::serves)
                .map(node -> scripts.getConnectionAsync(
                        node.getUri().getHost(), node.getUri().getPort()));
    }

    private static boolean isOpen(CompletableFuture<StatefulRedisConnection<String, String>> connection) {
        return connection.isDone()
                && !connection.isCompletedExceptionally()
                && connection.join().isOpen();
    }

    /** A master that others took over from has no slots any more. */
    private static boolean serves(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty();
    }

    private static ClientOptions options(Authority authority, Duration patience) {
        return ClientOptions.builder()
                .sslOptions(authority == null ? SslOptions.create() : authority.trusted())
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // A script that was sent and not answered may have run. Whoever sent it decides whether to send it
                // again.
                .replayFilter(command -> true)
                .requestQueueSize(MAX_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECTING)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }
}
