package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The rooms of which this node keeps a copy, each with its bell: so many at most, of which those that nobody uses are given up. Thread-safe; no method blocks. */
final class RedisRooms {

    private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** So long somebody may take from opening a room to reading it. */
    private static final long ENTERING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Rooms that are read with each pulse because something may have been missed. */
    private static final int READINGS = 500;

    private final ConcurrentMap<RoomId, RedisRoom> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger readings = new AtomicInteger(READINGS);
    private final String node;
    private final int most;
    private final Function<RoomId, RedisRoom> make;
    private final Doorbells doorbells;

    /** @param make a copy that is not read yet */
    RedisRooms(Redis redis, String node, int most, Function<RoomId, RedisRoom> make) {
        this.node = node;
        this.most = most;
        this.make = make;
        this.doorbells = new Doorbells(redis, this::heard);
    }

    Collection<RedisRoom> all() {
        return rooms.values();
    }

    /** {@code null} if there is no copy of it here. */
    RedisRoom find(RoomId id) {
        return rooms.get(id);
    }

    /** @throws Refused if there are too many already */
    RedisRoom room(RoomId id) {
        RedisRoom room = rooms.get(id);
        if (room != null) {
            return room;
        }
        if (rooms.size() >= most) {
            sweep(ENTERING_NANOS);
            if (rooms.size() >= most) {
                throw new Refused(Refused.Code.UNAVAILABLE, "This server has as many rooms as it can hold.");
            }
        }
        return rooms.computeIfAbsent(id, name -> {
            doorbells.add(name); // before it is read: what comes in between must be heard
            return make.apply(name);
        });
    }

    private void heard(RoomId id, Doorbells.Ring ring) {
        RedisRoom room = rooms.get(id);
        if (room == null) {
            return;
        }
        if (ring != null && ring.by().equals(node)) {
            room.rang(ring); // the answer to the append says more, if it comes
            return;
        }
        Known known = room.view().known();
        // Not known yet: it is being opened, perhaps from what was read before this was appended.
        if (ring == null && !mayRead()) {
            room.doubt(); // its turn comes
            return;
        }
        if (known == null || ring == null || ring.epoch() != known.epoch() || ring.seq() > known.seq()) {
            room.catchUp();
        }
    }

    /** Whether another room may be read without somebody's asking for it: all at once would keep Redis from everything else. */
    boolean mayRead() {
        return readings.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** To be called with each pulse. */
    void mayReadMore() {
        readings.set(READINGS);
    }

    /** Lets fall off what is too old, and gives up copies that nobody uses. To be called now and then. */
    void sweep() {
        rooms.values().forEach(room -> room.view().sweep());
        sweep(UNUSED_NANOS);
    }

    private void sweep(long unused) {
        long now = System.nanoTime();
        for (RoomId id : rooms.keySet()) {
            // In one step, as it is opened: whoever opens it again at this moment must not lose the bell.
            rooms.computeIfPresent(id, (name, room) -> {
                boolean given = room.unused(now) > unused;
                if (given) {
                    doorbells.remove(name);
                }
                return given ? null : room;
            });
        }
    }
}
