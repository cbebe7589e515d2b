package dev.roomcast.cluster;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** In which rooms each node has people, for whoever has to bury it. Thread-safe. */
final class NodeRooms {

    private static final Script ADD = Script.of("return {redis.call('SADD', KEYS[1], ARGV[1])}");
    private static final Script REMOVE = Script.of("return {redis.call('SREM', KEYS[1], ARGV[1])}");
    private static final Script ALL = Script.of("return redis.call('SMEMBERS', KEYS[1])");
    private static final Script FORGET = Script.of("return {redis.call('DEL', KEYS[1])}");

    private final Redis redis;
    private final Nodes nodes;

    /** Rooms of which Redis has not said that it knows, with the last attempt to tell it. */
    private final ConcurrentMap<RoomId, Object> untold = new ConcurrentHashMap<>();

    NodeRooms(Redis redis, Nodes nodes) {
        this.redis = redis;
        this.nodes = nodes;
    }

    /** This node has people in it. */
    void add(RoomId room) {
        Object attempt = new Object();
        untold.put(room, attempt);
        // Only by this attempt: an earlier one may have been made under another name of this node.
        redis.run(ADD, key(nodes.me()), room.name()).thenRun(() -> untold.remove(room, attempt));
    }

    /** Tells once more what could not be told, lest who is there be shown for ever if this node dies. */
    void addUntold() {
        untold.keySet().forEach(this::add);
    }

    void remove(RoomId room) {
        untold.remove(room);
        redis.run(REMOVE, key(nodes.me()), room.name());
    }

    CompletionStage<List<RoomId>> of(String node) {
        return redis.run(ALL, key(node))
                .thenApply(names ->
                        names.stream().map(name -> new RoomId((String) name)).toList());
    }

    void forget(String node) {
        redis.run(FORGET, key(node));
    }

    private static List<String> key(String node) {
        return List.of(Keys.of("node-rooms", node));
    }
}
