package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who wants to hear when the presence of a room changes. Thread-safe. */
public final class Bells {

    private final Map<RoomId, Set<Runnable>> bells = new ConcurrentHashMap<>();

    /** Not under a lock of the caller's: a bell may look at what changed. */
    public void ring(RoomId room) {
        bells.getOrDefault(room, Set.of()).forEach(Runnable::run);
    }

    /** Rings this one, too, until it is closed. */
    public Presence.Watch watch(RoomId room, Runnable bell) {
        bells.compute(room, (id, there) -> {
            Set<Runnable> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(bell);
            return all;
        });
        return () -> bells.computeIfPresent(room, (id, there) -> {
            there.remove(bell);
            return there.isEmpty() ? null : there;
        });
    }
}
