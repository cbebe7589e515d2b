package dev.roomcast.member;

import dev.roomcast.concurrent.Threads;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Counts on this node alone. */
public final class MemoryCounters implements Counters {

    private final List<MemoryBuckets> all = new CopyOnWriteArrayList<>();
    private final TimeMeter clock;

    public MemoryCounters(Threads threads) {
        this(TimeMeter.SYSTEM_NANOTIME);
        threads.timer().scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
    }

    MemoryCounters(TimeMeter clock) {
        this.clock = clock;
    }

    @Override
    public Buckets buckets(String what, long capacity, long refill, Duration per) {
        MemoryBuckets buckets = new MemoryBuckets(capacity, refill, per, clock);
        all.add(buckets);
        return buckets;
    }

    void sweep() {
        all.forEach(MemoryBuckets::sweep);
    }
}
