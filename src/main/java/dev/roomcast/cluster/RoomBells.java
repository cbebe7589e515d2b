package dev.roomcast.cluster;

import dev.roomcast.redis.Redis;
import dev.roomcast.room.RoomId;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The bells of all rooms that this node has to do with, on a fixed number of channels. Thread-safe.
 */
final class RoomBells {

    private static final System.Logger LOG = System.getLogger(RoomBells.class.getName());
    private static final int CHANNELS = 64;

    private final Redis redis;
    private final Consumer<String> heard;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

    /** @param heard "node room" when it rang, or a channel when all of its rooms may have rung */
    RoomBells(Redis redis, Consumer<String> heard) {
        this.redis = redis;
        this.heard = heard;
    }

    static String channel(RoomId room) {
        return Keys.of("channel", "here-" + Math.floorMod(room.name().hashCode(), CHANNELS));
    }

    void add(RoomId room) {
        String channel = channel(room);
        subscriptions.compute(
                channel,
                (name, there) -> there == null
                        ? new Subscription(
                                1, redis.listen(name, message -> heard.accept(message == null ? name : message)))
                        : new Subscription(there.rooms + 1, there.listening));
    }

    void remove(RoomId room) {
        subscriptions.computeIfPresent(channel(room), (name, there) -> {
            if (there.rooms > 1) {
                return new Subscription(there.rooms - 1, there.listening);
            }
            try {
                there.listening.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "Nobody listens any more", e);
            }
            return null;
        });
    }

    private record Subscription(int rooms, AutoCloseable listening) {}
}
