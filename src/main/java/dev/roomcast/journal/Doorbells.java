package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.room.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The bells of the rooms that are read on this node. Rooms share a fixed number of channels, so that neither Redis nor a node keeps
 * something for each room; bells of other rooms are not heard. Thread-safe.
 */
final class Doorbells {

    static final int CHANNELS = 64;

    private final Redis redis;
    private final BiConsumer<RoomId, Ring> heard;
    private final Map<String, Channel> channels = new HashMap<>();

    /**
     * One ring.
     *
     * @param by the node that appended
     */
    record Ring(long epoch, long seq, String by) {}

    private record Channel(Set<RoomId> rooms, AutoCloseable subscription) {}

    /** @param heard told of each ring; with {@code null} for a ring if some may have been missed. On the client's threads. */
    Doorbells(Redis redis, BiConsumer<RoomId, Ring> heard) {
        this.redis = redis;
        this.heard = heard;
    }

    static String channel(RoomId room) {
        return "roomcast:bell:" + Math.floorMod(room.name().hashCode(), CHANNELS);
    }

    synchronized void add(RoomId room) {
        channels.computeIfAbsent(channel(room), name -> {
                    Set<RoomId> rooms = ConcurrentHashMap.newKeySet();
                    return new Channel(rooms, redis.listen(name, message -> hear(rooms, message)));
                })
                .rooms()
                .add(room);
    }

    synchronized void remove(RoomId room) {
        Channel channel = channels.get(channel(room));
        if (channel != null && channel.rooms.remove(room) && channel.rooms.isEmpty()) {
            channels.remove(channel(room));
            try {
                channel.subscription.close();
            } catch (Exception e) {
                throw new IllegalStateException(e); // it throws none
            }
        }
    }

    private void hear(Set<RoomId> rooms, String message) {
        if (message == null) {
            rooms.forEach(room -> heard.accept(room, null));
            return;
        }
        String[] parts = message.split(" ", 4);
        RoomId room = new RoomId(parts[3]);
        if (rooms.contains(room)) {
            heard.accept(room, new Ring(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
        }
    }
}
