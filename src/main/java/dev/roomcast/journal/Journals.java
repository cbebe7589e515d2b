package dev.roomcast.journal;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses where the logs of this server live: in Redis if there is one. */
@ApplicationScoped
public class Journals {

    /** A death is noticed up to two pulses after it ({@link RedisNodes#PULSES}), and rooms wait no longer than five seconds. */
    static final Duration LONGEST_LEASE = Duration.ofSeconds(4);

    private static final long SWEEP_SECONDS = 15;

    private final Journal journal;
    private final Nodes nodes;

    protected Journals() { // for the container's proxy
        this.journal = null;
        this.nodes = null;
    }

    @Inject
    public Journals(
            Redis redis,
            Threads threads,
            @ConfigProperty(name = "roomcast.log.events") int events,
            @ConfigProperty(name = "roomcast.log.characters") int characters,
            @ConfigProperty(name = "roomcast.log.age") Duration age,
            @ConfigProperty(name = "roomcast.room.idle") Duration idle,
            @ConfigProperty(name = "roomcast.limit.rooms") int rooms,
            @ConfigProperty(name = "roomcast.answers.lease") Duration lease) {
        Retention retention = new Retention(events, characters, age.toMillis(), idle.toMillis());
        if (lease.toMillis() < 1_000 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("roomcast.answers.lease is from PT1S to PT4S.");
        }
        if (rooms < 1) {
            throw new IllegalArgumentException("roomcast.limit.rooms must be 1 or more.");
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("roomcast.room.idle must be more than PT0S.");
        }
        Runnable sweep;
        if (redis.isUsed()) {
            RedisJournal shared = new RedisJournal(redis, threads, retention, rooms, lease);
            RedisNodes others = new RedisNodes(redis, shared);
            others.start();
            sweep = shared::sweep;
            journal = shared;
            nodes = others;
        } else {
            MemoryJournal own = new MemoryJournal(retention, rooms, System::currentTimeMillis);
            sweep = own::sweep;
            journal = own;
            nodes = new OneNode();
        }
        threads.timer().scheduleWithFixedDelay(sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Produces
    @ApplicationScoped
    Journal journal() {
        return journal;
    }

    @Produces
    @ApplicationScoped
    Nodes nodes() {
        return nodes;
    }
}
