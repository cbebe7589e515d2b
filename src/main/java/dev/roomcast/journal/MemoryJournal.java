package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Slice;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Logs in the memory of one node, gone with it: the embedded default. Each room is bounded, and so is the number of
 * rooms; who would open one more is refused as {@code unavailable}.
 *
 * <p>Thread-safe. Rooms do not share a lock.
 */
public class MemoryJournal implements Journal {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Milliseconds for which a room is kept that nobody said anything in. */
    private static final long UNUSED = 60_000;

    private final ConcurrentMap<RoomId, MemoryLog> logs = new ConcurrentHashMap<>();
    private final Retention retention;
    private final int maxRooms;
    private final LongSupplier clock;

    MemoryJournal(Retention retention, int maxRooms, LongSupplier clock) {
        this.retention = retention;
        this.maxRooms = maxRooms;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> open(RoomId room) {
        try {
            log(room);
            return CompletableFuture.completedStage(null);
        } catch (Refused e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Appended> append(RoomId room, Draft draft) {
        MemoryLog log;
        Appended appended;
        try {
            do {
                log = log(room);
                appended = log.append(draft, clock.getAsLong());
            } while (appended == null);
        } catch (Refused e) {
            return CompletableFuture.failedStage(e);
        }
        // Outside of the log's lock: a bell may read.
        if (!appended.repeated()) {
            log.bells().forEach(Runnable::run);
        }
        return CompletableFuture.completedStage(appended);
    }

    @Override
    public Slice read(RoomId room, Position after, int limit) {
        return log(room).read(after, limit);
    }

    @Override
    public boolean isOpen(RoomId room) {
        return logs.containsKey(room);
    }

    @Override
    public RoomState state(RoomId room) {
        return log(room).state();
    }

    @Override
    public Watch watch(RoomId room, Runnable bell) {
        while (true) {
            MemoryLog log = log(room);
            if (log.watch(bell)) {
                return () -> log.unwatch(bell);
            }
        }
    }

    /** Lets fall off what is too old, and forgets rooms that nobody uses. To be called now and then. */
    public void sweep() {
        sweep(UNUSED);
    }

    private void sweep(long unused) {
        long now = clock.getAsLong();
        logs.forEach((room, log) -> {
            log.sweep(now);
            if (log.closeIfIdle(now, unused)) {
                logs.remove(room, log);
            }
        });
    }

    private MemoryLog log(RoomId room) {
        MemoryLog log = logs.get(room);
        if (log != null) {
            return log;
        }
        if (logs.size() >= maxRooms) {
            sweep(-1); // who only looked makes place for who wants to talk
            if (logs.size() >= maxRooms) {
                throw new Refused(Refused.Code.UNAVAILABLE, "This server has as many rooms as it can hold.");
            }
        }
        return logs.computeIfAbsent(room, id -> new MemoryLog(newEpoch(), retention, clock.getAsLong()));
    }

    private static long newEpoch() {
        // Short on the wire, and never the same twice in practice: 40 bits.
        return 1 + (RANDOM.nextLong() >>> 24);
    }
}
