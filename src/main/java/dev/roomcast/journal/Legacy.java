package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What a node leaves behind if it dies: the rooms in which it has answers under way or knows of questions that wait, written down in Redis before
 * these are. So others find them, also rooms that nobody has open any more, without looking through all there are.
 *
 * <p>Thread-safe; no method blocks. {@code this} guards {@link #noted}.
 */
final class Legacy {

    /** Who leaves something must be missed when it is gone, also if it was before its first pulse. */
    private static final Script NOTE = Script.of("redis.call('HSETNX', KEYS[2], ARGV[1], 0)"
            + " for i = 2, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end"
            + " redis.call('PEXPIRE', KEYS[1], 86400000) return {}");

    private static final Script STRIKE =
            Script.of("for i = 1, #ARGV do redis.call('SREM', KEYS[1], ARGV[i]) end return {}");
    private static final Script READ = Script.of("return redis.call('SMEMBERS', KEYS[1])");

    private final Redis redis;
    private final String node;
    private final Set<String> noted = new HashSet<>();

    Legacy(Redis redis, String node) {
        this.redis = redis;
        this.node = node;
    }

    /** Something is about to begin in this room. */
    synchronized void note(RoomId room) {
        if (noted.add(room.name())) {
            note(room.name());
        }
    }

    /** Once more, since Redis may have lost or forgotten it. */
    synchronized void noteAll() {
        if (!noted.isEmpty()) {
            note(noted.toArray(String[]::new));
        }
    }

    private void note(String... rooms) {
        List<String> arguments = new ArrayList<>(List.of(rooms));
        arguments.add(0, node);
        redis.run(NOTE, List.of(left(node), RedisNodes.PULSES_KEY), arguments.toArray(String[]::new));
    }

    /** Strikes the rooms in which this node has nothing left to do. */
    synchronized void strike(Predicate<RoomId> idle) {
        // Looked at under the lock: what begins meanwhile is noted after this.
        List<String> done = new ArrayList<>(noted);
        done.removeIf(room -> !idle.test(new RoomId(room)));
        if (!done.isEmpty()) {
            done.forEach(noted::remove);
            strike(node, done);
        }
    }

    /** Those rooms that a node left are looked after. */
    void strike(String left, List<String> rooms) {
        redis.run(STRIKE, key(left), rooms.toArray(String[]::new));
    }

    /** The names of the rooms that a node left. */
    CompletionStage<List<String>> of(String left) {
        return redis.run(READ, key(left))
                .thenApply(rooms -> rooms.stream().map(String.class::cast).toList());
    }

    private static List<String> key(String node) {
        return List.of(left(node));
    }

    private static String left(String node) {
        return RedisNodes.PULSES_KEY + ":left:" + node;
    }
}
