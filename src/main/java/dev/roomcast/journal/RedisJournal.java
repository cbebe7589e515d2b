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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Logs in Redis, for several nodes. The stream in Redis is the truth; each node keeps a copy of the rooms that are read on it, made
 * of the stream alone, and is told by a bell when to read on. What is not in Redis is not shown.
 *
 * <p>Thread-safe.
 */
public class RedisJournal implements Journal {

    private static final int ENTERING = 16;

    private final Redis redis;
    private final Threads threads;
    private final Retention retention;
    private final Duration lease;
    private final String node = Ids.next('n');
    private final RedisRooms rooms;
    private final Legacy legacy;

    /** Who enters a room may wait for a moment for who else is there. */
    private final Executor entering;

    RedisJournal(Redis redis, Threads threads, Retention retention, int maxRooms, Duration lease) {
        this.redis = redis;
        this.threads = threads;
        this.retention = retention;
        this.lease = lease;
        this.rooms = new RedisRooms(redis, node, maxRooms, this::copy);
        this.legacy = new Legacy(redis, node);
        this.entering = threads.growing("roomcast-enter", ENTERING);
    }

    private RedisRoom copy(RoomId room) {
        RedisLog log = new RedisLog(redis, room, node, retention);
        return new RedisRoom(log, new RoomView(retention, System::currentTimeMillis), this);
    }

    @Override
    public CompletionStage<Void> open(RoomId room) {
        try {
            return rooms.room(room)
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
        RedisRoom room = rooms.find(id);
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
        return isOpen(rooms.find(room)) ? Runnable::run : entering;
    }

    @Override
    public CompletionStage<Appended> append(RoomId room, Draft draft) {
        try {
            return rooms.room(room).append(draft);
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
        return isOpen(rooms.find(room));
    }

    @Override
    public RoomState state(RoomId room) {
        return opened(room).view().known().state();
    }

    @Override
    public Watch watch(RoomId id, Runnable bell) {
        RedisRoom room = rooms.room(id);
        room.watch(bell);
        return () -> room.unwatch(bell);
    }

    private RedisRoom opened(RoomId id) {
        RedisRoom room = rooms.find(id);
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

    /** To be called now and then. */
    public void sweep() {
        rooms.sweep();
    }

    RedisRooms rooms() {
        return rooms;
    }

    /** This node has no answer under way in it, and knows of no question that waits. */
    boolean isIdle(RoomId id) {
        RedisRoom room = rooms.find(id);
        return room == null || room.isIdle();
    }

    /** Reads a room on, which need not be open. */
    CompletionStage<Known> refresh(RoomId id) {
        RedisRoom room = rooms.room(id);
        room.touch();
        return room.catchUp().thenApply(nothing -> room.view().known());
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
