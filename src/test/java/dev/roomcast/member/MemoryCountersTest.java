package dev.roomcast.member;

import io.github.bucket4j.TimeMeter;
import java.util.HashMap;
import java.util.Map;

class MemoryCountersTest extends CountersContract {

    private final Counters counters = new MemoryCounters(TimeMeter.SYSTEM_NANOTIME);
    private final Map<String, Buckets> made = new HashMap<>();

    /** A node that is alone makes each kind once. */
    @Override
    protected Counters here() {
        return (what, capacity, refill, per) ->
                made.computeIfAbsent(what, kind -> counters.buckets(kind, capacity, refill, per));
    }

    @Override
    protected Counters there() {
        return here();
    }
}
