package dev.roomcast.cluster;

import dev.roomcast.member.ConnectionCount;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * For each user how many connections each node has; those of dead nodes count no more. Without Redis each node knows its own, so
 * that everybody may have that many on each.
 */
final class RedisConnectionCount implements ConnectionCount {

    private static final Script COUNT = Script.beside(RedisConnectionCount.class, "connections.lua");

    private final Redis redis;
    private final Asking asking;
    private final Nodes nodes;
    private final ConcurrentMap<String, Integer> told = new ConcurrentHashMap<>();

    RedisConnectionCount(Redis redis, Asking asking, Nodes nodes) {
        this.redis = redis;
        this.asking = asking;
        this.nodes = nodes;
        nodes.onNewLife(before -> told.forEach(this::tell));
    }

    @Override
    public CompletionStage<Integer> tell(String userId, int here) {
        if (here > 0) {
            told.put(userId, here);
        } else {
            told.remove(userId);
        }
        return redis.run(COUNT, key(userId), arguments(here))
                .thenApply(answer -> ((Long) answer.get(0)).intValue())
                .exceptionally(away -> here);
    }

    @Override
    public int all(String userId, int here) {
        return asking.ask(COUNT, key(userId), arguments(here))
                .map(answer -> ((Long) answer.get(0)).intValue())
                .orElse(here);
    }

    private static List<String> key(String userId) {
        return List.of(Keys.of("connections", userId));
    }

    private String[] arguments(int here) {
        List<String> arguments = new ArrayList<>(List.of(nodes.me(), Integer.toString(here)));
        arguments.addAll(nodes.alive());
        return arguments.toArray(String[]::new);
    }
}
