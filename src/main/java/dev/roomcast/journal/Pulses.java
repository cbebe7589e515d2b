package dev.roomcast.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes live, by their pulses. Each node counts up in Redis, and watches the others count, by its own clock alone: whoever has
 * not for as long as a lease, while this node looked all the time, is gone. So neither wrong clocks nor an outage of Redis that hits all
 * look like a death.
 *
 * <p>Thread-safe.
 */
final class Pulses {

    /** In leases: so long after its death a node is not heard of any more, whatever happens. */
    private static final int FORGOTTEN = 20;

    private final long lease;
    private final String self;
    private final Map<String, Seen> seen = new HashMap<>();

    /** When the last counts were asked for. */
    private long looked;

    /** When they came. */
    private long heard;

    /** @param since it has counted no further, as this node knows */
    private record Seen(long count, long since) {}

    Pulses(Duration lease, String self) {
        this.lease = lease.toNanos();
        this.self = self;
    }

    /**
     * All counts. What is true of the time between {@code asked} and {@code answered} is not known: Redis may have taken long, or this
     * node.
     *
     * @param asked when they were asked for, in nanoseconds of this node's clock
     * @param answered not before they came
     */
    synchronized void look(Map<String, Long> counts, long asked, long answered) {
        if (asked - looked < 0) {
            return; // overtaken
        }
        long before = looked;
        // By the answers, too: all that was asked of a Redis that stood still is answered when it goes on.
        boolean lookedAway = Math.max(asked - before, answered - heard) > lease / 2;
        looked = asked;
        heard = answered;
        Set<String> all = new HashSet<>(seen.keySet());
        all.addAll(counts.keySet());
        for (String node : all) {
            long count = counts.getOrDefault(node, -1L);
            Seen known = seen.get(node);
            // Who lived when this node last looked has a lease from now on: they may have been kept from counting, too.
            if (known == null || known.count != count || (lookedAway && before - known.since < lease)) {
                seen.put(node, new Seen(count, answered));
            }
        }
        seen.values().removeIf(unknown -> unknown.count < 0 && asked - unknown.since > FORGOTTEN * lease);
    }

    /**
     * Whether this node is gone: not if nobody knows, and then it is watched from now on.
     *
     * @param now when the last counts were asked for
     */
    synchronized boolean isGone(String node, long now) {
        if (node.equals(self) || now - looked > lease / 2) {
            return false;
        }
        Seen known = seen.computeIfAbsent(node, unknown -> new Seen(-1, heard));
        return now - known.since >= lease;
    }

    /** Those that are gone, of those who ever lived. */
    synchronized Set<String> gone(long now) {
        Set<String> gone = new HashSet<>();
        seen.forEach((node, known) -> {
            if (known.count >= 0 && isGone(node, now)) {
                gone.add(node);
            }
        });
        return gone;
    }

    /** Nodes that were gone for so long that they need not be remembered. */
    synchronized Set<String> longGone(long now) {
        Set<String> gone = new HashSet<>();
        seen.forEach((node, known) -> {
            if (known.count >= 0 && now - known.since > FORGOTTEN * lease && !node.equals(self)) {
                gone.add(node);
            }
        });
        return gone;
    }
}
