package dev.roomcast.member;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** In the memory of this node. A full bucket of which nothing is held is forgotten, since a new one would be full, too. Never blocks. */
final class MemoryBuckets implements Buckets {

    private static final int MAX_KEPT = 100_000;

    private final ConcurrentMap<String, Level> buckets = new ConcurrentHashMap<>();
    private final long capacity;
    private final long refill;
    private final Duration per;
    private final TimeMeter clock;

    /** @param held for what; guarded by the map */
    private record Level(Bucket bucket, Map<String, Long> held) {}

    /**
     * @param capacity 0 if there is no limit
     * @param refill so many come back {@code per} this time
     */
    MemoryBuckets(long capacity, long refill, Duration per, TimeMeter clock) {
        this.capacity = capacity;
        this.refill = refill;
        this.per = per;
        this.clock = clock;
    }

    @Override
    public boolean areLimited() {
        return capacity > 0;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public Duration take(String name, long many) {
        return change(name, level -> take(level.bucket, many));
    }

    private static Duration take(Bucket bucket, long many) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(many);
        return probe.isConsumed() ? null : atLeastAMilli(probe.getNanosToWaitForRefill());
    }

    @Override
    public void takeAll(String name, long many) {
        if (many > 0) {
            change(name, level -> {
                level.bucket.consumeIgnoringRateLimits(many);
                return null;
            });
        }
    }

    @Override
    public void putBack(String name, long many) {
        change(name, level -> {
            level.bucket.addTokens(many);
            return null;
        });
    }

    @Override
    public Duration hold(String name, String what, long many) {
        return change(name, level -> {
            Duration wait = take(level.bucket, many);
            if (wait == null) {
                level.held.merge(what, many, Long::sum);
            }
            return wait;
        });
    }

    @Override
    public void settle(String name, String what, long many, long used) {
        change(name, level -> {
            long held = level.held.getOrDefault(what, 0L);
            long ofIt = Math.min(many, held);
            if (ofIt > 0) {
                level.held.compute(what, (same, all) -> held > ofIt ? held - ofIt : null);
                settle(level.bucket, ofIt - used);
            }
            return null;
        });
    }

    private static void settle(Bucket bucket, long over) {
        if (over > 0) {
            bucket.addTokens(over);
        } else if (over < 0) {
            bucket.consumeIgnoringRateLimits(-over);
        }
    }

    @Override
    public Duration waitFor(String name) {
        Level level = buckets.get(name);
        return level == null || level.bucket.getAvailableTokens() > 0
                ? null
                : atLeastAMilli(level.bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    @Override
    public Allowance.Left left(String name, String what) {
        Level level = buckets.get(name);
        long left = level == null ? capacity : Math.max(0, level.bucket.getAvailableTokens());
        return new Allowance.Left(what, refill, left, per);
    }

    void sweep() {
        buckets.keySet()
                .forEach(name -> buckets.computeIfPresent(
                        name,
                        (key, level) ->
                                level.held.isEmpty() && level.bucket.getAvailableTokens() >= capacity ? null : level));
    }

    private <T> T change(String name, Function<Level, T> change) {
        if (!areLimited()) {
            return null;
        }
        if (buckets.size() >= MAX_KEPT && !buckets.containsKey(name)) {
            return null; // so many at once that this is the least trouble
        }
        Object[] result = new Object[1];
        // One at a time for each name: a bucket must not be forgotten while something is taken from it.
        buckets.compute(name, (key, known) -> {
            Level level = known != null ? known : new Level(full(), new HashMap<>());
            result[0] = change.apply(level);
            return level;
        });
        @SuppressWarnings("unchecked")
        T changed = (T) result[0];
        return changed;
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, per))
                .withCustomTimePrecision(clock)
                .build();
    }

    private static Duration atLeastAMilli(long nanos) {
        return Duration.ofMillis(nanos / 1_000_000 + 1);
    }
}
