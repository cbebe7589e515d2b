package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Ids;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Which nodes live. Each has a lease that it renews four times before it ends. A node whose lease has ended, because it died or was stopped
 * for a while, is dead for good: what it left is taken away, and if it wakes up it begins a new life under a new name and
 * tells everything again.
 *
 * <p>Thread-safe; the beats themselves come one after the other.
 */
final class Nodes {

    private static final System.Logger LOG = System.getLogger(Nodes.class.getName());
    private static final Script BEAT = Script.beside(Nodes.class, "beat.lua");
    private static final Script FORGET = Script.of("redis.call('ZREM', KEYS[1], ARGV[1]) return {'forgotten'}");
    private static final List<String> KEYS = List.of(Keys.of("nodes", "leases"));
    private static final int HEAD = 2;

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final int BEATS = 4;

    private final Redis redis;
    private final Duration lease;
    private final List<Consumer<String>> births = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> deaths = new CopyOnWriteArrayList<>();
    private volatile String me = Ids.next('n');
    private volatile List<String> alive = List.of();
    private boolean born;
    private boolean missed;

    Nodes(Redis redis, Threads threads) {
        this(redis, threads, LEASE);
    }

    /** @param lease of this node: so long after it died the others know */
    Nodes(Redis redis, Threads threads, Duration lease) {
        this.redis = redis;
        this.lease = lease;
        threads.timer().scheduleWithFixedDelay(this::beat, 0, lease.toMillis() / BEATS, TimeUnit.MILLISECONDS);
    }

    Duration lease() {
        return lease;
    }

    /** What this node is called in this life. */
    String me() {
        return me;
    }

    /** Those that live, this one included, as of the last beat. */
    List<String> alive() {
        return alive;
    }

    /** Told when this node begins another life, and what it was called before: nothing of what it told then is to be known any more. */
    void onNewLife(Consumer<String> birth) {
        births.add(birth);
    }

    /** Told of each node that died; perhaps several times, and on several nodes. */
    void onDeath(Consumer<String> death) {
        deaths.add(death);
    }

    /** Nothing of it is left. */
    void forget(String node) {
        redis.run(FORGET, KEYS, node);
    }

    private void beat() {
        if (!redis.isUp()) {
            missed();
            return;
        }
        String node = me;
        boolean first = isFirst();
        redis.run(BEAT, KEYS, node, Long.toString(lease.toMillis()), first ? "1" : "0")
                .whenComplete((answer, away) -> {
                    if (away != null) {
                        missed();
                    } else {
                        heard(node, first, answer);
                    }
                });
    }

    private synchronized boolean isFirst() {
        return !born;
    }

    /** Redis may lose what it was told last when it goes away, so whoever missed it tells everything again. */
    private synchronized void missed() {
        missed = born;
    }

    private void heard(String node, boolean first, List<Object> answer) {
        boolean again;
        synchronized (this) {
            boolean taken = (Long) answer.get(0) == 1;
            born = true;
            again = !taken || missed;
            missed = false;
            if (again) {
                LOG.log(Level.INFO, "Node {0} begins a new life", node);
                me = Ids.next('n');
                born = false;
            }
        }
        int dead = ((Long) answer.get(1)).intValue();
        List<String> names = answer.subList(HEAD, answer.size()).stream()
                .map(String::valueOf)
                .toList();
        alive = names.subList(dead, names.size());
        if (again) {
            beat(); // known to all before it tells anything
            births.forEach(birth -> birth.accept(node));
        }
        names.subList(0, dead).forEach(gone -> deaths.forEach(death -> death.accept(gone)));
    }
}
