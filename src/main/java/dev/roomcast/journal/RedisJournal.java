package dev.roomcast.journal;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Slice;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logs in Redis, for several nodes. The stream in Redis is the truth; each node keeps a copy of the rooms that are read on it, made
 * of the stream alone, and is told by a bell when to read on. What is not in Redis is not shown.
 *
 * <p>Thread-safe.
 */
public class RedisJournal implements Journal {

    private static final int ENTERING = 16;

    private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** So long somebody may take from opening a room to reading it. */
    private static final long ENTERING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Rooms that are read with each pulse because something may have been missed. */
    private static final int READINGS = 500;

    private final AtomicInteger readings = new AtomicInteger(READINGS);
    private final ConcurrentMap<RoomId, RedisRoom> rooms = new ConcurrentHashMap<>();
    private final Redis redis;
    private final Threads threads;
    private final Retention retention;
    private final int maxRooms;
    private final Duration lease;
    private final String node = Ids.next('n');
    private final Doorbells doorbells;
    private final Legacy legacy;

    /** Who enters a room may wait for a moment for who else is there. */
    private final Executor entering;

    RedisJournal(Redis redis, Threads threads, Retention retention, int maxRooms, Duration lease) {
        this.redis = redis;
        this.threads = threads;
        this.retention = retention;
        this.maxRooms = maxRooms;
        this.lease = lease;
        this.doorbells = new Doorbells(redis, this::heard);
        this.legacy = new Legacy(redis, node);
        this.entering = threads.growing("roomcast-enter", ENTERING);
    }

    @Override
    public CompletionStage<Void> open(RoomId room) {
        try {
            return room(room)
                    .open()
                    .handleAsync(
                            (nothing, failure) -> {
                                if (failure != null) {
                                    throw notOpen();
                                }
                                return null;
                            },
                            inline(room));
        } catch (Refused e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Void> open(RoomId id, Position since) {
        RedisRoom room = rooms.get(id);
        if (since == null || !isOpen(room) || room.view().known().has(since)) {
            return open(id);
        }
        // They were on a node that was a moment ahead of this one, or have seen the beginning of a new life.
        return room.catchUp()
                .handleAsync(
                        (nothing, failure) -> {
                            if (failure != null && room.view().known().epoch() == since.epoch()) {
                                throw notOpen();
                            }
                            return null;
                        },
                        entering);
    }

    /** Those who come to an open room go on at once; a newly opened one is not entered on the client's threads. */
    private Executor inline(RoomId room) {
        return isOpen(rooms.get(room)) ? Runnable::run : entering;
    }

    @Override
    public CompletionStage<Appended> append(RoomId room, Draft draft) {
        try {
            return room(room).append(draft);
        } catch (Refused e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public Slice read(RoomId room, Position after, int limit) {
        return opened(room).view().read(after, limit);
    }

    @Override
    public boolean isOpen(RoomId room) {
        return isOpen(rooms.get(room));
    }

    @Override
    public RoomState state(RoomId room) {
        return opened(room).view().known().state();
    }

    @Override
    public Watch watch(RoomId id, Runnable bell) {
        RedisRoom room = room(id);
        room.watch(bell);
        return () -> room.unwatch(bell);
    }

    private RedisRoom opened(RoomId id) {
        RedisRoom room = rooms.get(id);
        if (!isOpen(room)) {
            throw notOpen();
        }
        room.touch();
        return room;
    }

    private static boolean isOpen(RedisRoom room) {
        return room != null && room.view().known() != null;
    }

    private static Refused notOpen() {
        return new Refused(Refused.Code.UNAVAILABLE, "This room cannot be read at the moment. Try again soon.");
    }

    private RedisRoom room(RoomId id) {
        RedisRoom room = rooms.get(id);
        if (room != null) {
            return room;
        }
        if (rooms.size() >= maxRooms) {
            sweep(ENTERING_NANOS);
            if (rooms.size() >= maxRooms) {
                throw new Refused(Refused.Code.UNAVAILABLE, "This server has as many rooms as it can hold.");
            }
        }
        return rooms.computeIfAbsent(id, name -> {
            doorbells.add(name); // before it is read: what comes in between must be heard
            return new RedisRoom(
                    new RedisLog(redis, name, node, retention),
                    new RoomView(retention, System::currentTimeMillis),
                    this);
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

    /** Lets fall off what is too old, and gives up copies that nobody uses. To be called now and then. */
    public void sweep() {
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

    Collection<RedisRoom> openRooms() {
        return rooms.values();
    }

    /** This node has no answer under way in it, and knows of no question that waits. */
    boolean isIdle(RoomId id) {
        RedisRoom room = rooms.get(id);
        return room == null || room.isIdle();
    }

    /** Reads a room on, which need not be open. */
    CompletionStage<Known> refresh(RoomId id) {
        RedisRoom room = room(id);
        room.touch();
        return room.catchUp().thenApply(nothing -> room.view().known());
    }

    /** Whether another room may be read without somebody's asking for it: all at once would keep Redis from everything else. */
    boolean mayRead() {
        return readings.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** To be called with each pulse. */
    void mayReadMore() {
        readings.set(READINGS);
    }

    Legacy legacy() {
        return legacy;
    }

    /** Nanoseconds after which a room has to be read again lest Redis forget it. */
    long kept() {
        return TimeUnit.MILLISECONDS.toNanos(Math.min(RedisLog.UNUSED, retention.idle()) / 4);
    }

    String node() {
        return node;
    }

    boolean isUp() {
        return redis.isUp();
    }

    Duration lease() {
        return lease;
    }

    Executor work() {
        return threads.work();
    }

    ScheduledExecutorService timer() {
        return threads.work();
    }
}
