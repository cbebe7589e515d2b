package dev.roomcast.member;

import java.time.Duration;

/** Where what is limited is counted: in the memory of this node, or for all nodes together. Thread-safe. */
public interface Counters {

    /** Nothing is limited. */
    Counters NONE = (what, capacity, refill, per) -> new MemoryBuckets(0, 0, per, null);

    /**
     * @param what they are for; the same on all nodes
     * @param capacity 0 if there is no limit
     * @param refill so many come back {@code per} this time
     */
    Buckets buckets(String what, long capacity, long refill, Duration per);
}
