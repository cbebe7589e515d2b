package dev.roomcast.cluster;

import dev.roomcast.member.Buckets;
import dev.roomcast.member.Counters;
import dev.roomcast.redis.Redis;
import java.time.Duration;

/** Counts for all nodes together. */
final class RedisCounters implements Counters {

    private final Redis redis;
    private final Asking asking;
    private final Counters here;

    /** @param here counts for this node alone */
    RedisCounters(Redis redis, Asking asking, Counters here) {
        this.redis = redis;
        this.asking = asking;
        this.here = here;
    }

    @Override
    public Buckets buckets(String what, long capacity, long refill, Duration per) {
        Buckets local = here.buckets(what, capacity, refill, per);
        return local.areLimited() ? new RedisBuckets(redis, asking, local, what, capacity, refill, per) : local;
    }
}
