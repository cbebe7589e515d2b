package dev.roomcast.cluster;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes back what a dead node has told of who is in which room. One node does it; if that one dies over it, another begins anew a
 * little later, and doing it twice does no harm.
 */
final class Burials {

    private static final System.Logger LOG = System.getLogger(Burials.class.getName());
    private static final Script CLAIM =
            Script.of("return {redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 'yours' or 'taken'}");
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int AT_ONCE = 200;

    private final Redis redis;
    private final Nodes nodes;
    private final NodeRooms told;

    Burials(Redis redis, Nodes nodes, NodeRooms told) {
        this.redis = redis;
        this.nodes = nodes;
        this.told = told;
    }

    void bury(String node) {
        redis.run(CLAIM, List.of(Keys.of("burial", node)), nodes.me(), Long.toString(TIME.toMillis()))
                .thenCompose(claim -> claim.get(0).equals("yours")
                        ? told.of(node).thenCompose(rooms -> bury(node, rooms))
                        : CompletableFuture.completedStage(null))
                .exceptionally(away -> {
                    LOG.log(Level.DEBUG, "Node " + node + " is not buried yet", away);
                    return null;
                });
    }

    private CompletionStage<Void> bury(String node, List<RoomId> rooms) {
        if (rooms.isEmpty()) {
            LOG.log(Level.INFO, "Node {0} is dead, and nobody is there any more", node);
            told.forget(node);
            nodes.forget(node);
            return CompletableFuture.completedStage(null);
        }
        int now = Math.min(AT_ONCE, rooms.size());
        CompletableFuture<?>[] under = rooms.subList(0, now).stream()
                .map(room -> SharedRoom.run(redis, room, node, 0, SharedRoom.ALL_WENT)
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(under).thenCompose(done -> bury(node, rooms.subList(now, rooms.size())));
    }
}
