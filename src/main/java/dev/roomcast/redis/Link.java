package dev.roomcast.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The open connections, whatever kind of Redis is behind them: one for scripts (to each master of a cluster), one that listens.
 * They come back by themselves.
 */
record Link(
        RedisScriptingAsyncCommands<String, String> scripts,
        BaseRedisAsyncCommands<String, String> base,
        StatefulRedisPubSubConnection<String, String> listening) {

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 10_000;

    /** The client, not yet connected. */
    static AbstractRedisClient client(ClientResources resources, RedisAddress address) {
        if (address.cluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, address.servers());
            client.setOptions(ClusterClientOptions.builder(options())
                    // Its connections to single masters open when they are needed: what comes meanwhile waits, for as
                    // long as the patience.
                    .disconnectedBehavior(DisconnectedBehavior.DEFAULT)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(Duration.ofSeconds(15))
                            .enableAllAdaptiveRefreshTriggers()
                            .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                            .build())
                    .build());
            return client;
        }
        RedisClient client = RedisClient.create(resources, address.servers().get(0));
        client.setOptions(options());
        return client;
    }

    static CompletionStage<Link> open(AbstractRedisClient client, RedisAddress address) {
        if (client instanceof RedisClusterClient cluster) {
            // Where what is has to be known before anything is connected.
            return cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.UTF8)
                            .thenCombine(
                                    cluster.connectPubSubAsync(StringCodec.UTF8),
                                    (scripts, listening) -> new Link(scripts.async(), scripts.async(), listening)));
        }
        RedisClient server = (RedisClient) client;
        return server.connectAsync(StringCodec.UTF8, address.servers().get(0))
                .thenCombine(
                        server.connectPubSubAsync(
                                StringCodec.UTF8, address.servers().get(0)),
                        (scripts, listening) -> new Link(scripts.async(), scripts.async(), listening));
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // A script that was sent and not answered may have run. Whoever sent it decides whether to send it
                // again.
                .replayFilter(command -> true)
                .requestQueueSize(MAX_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(RedisAddress.PATIENCE))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECTING)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }
}
