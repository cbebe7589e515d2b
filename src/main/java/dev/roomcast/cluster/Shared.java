package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.ConnectionCount;
import dev.roomcast.member.Counters;
import dev.roomcast.member.MemoryCounters;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.MemoryRoomRules;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.member.Notes;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.member.Presence;
import dev.roomcast.member.RoomRules;
import dev.roomcast.member.Tickets;
import dev.roomcast.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

/** Chooses where that lives which nodes share: in Redis if there is one, else in the memory of this node, which then is alone. */
@ApplicationScoped
public class Shared {

    private final Redis redis;
    private final Threads threads;
    private final Asking asking;
    private final Nodes nodes;

    protected Shared() { // for the container's proxy
        this.redis = null;
        this.threads = null;
        this.asking = null;
        this.nodes = null;
    }

    @Inject
    public Shared(Redis redis, Threads threads) {
        this.redis = redis;
        this.threads = threads;
        this.asking = redis.isUsed() ? new Asking(redis) : null;
        this.nodes = redis.isUsed() ? new Nodes(redis, threads) : null;
    }

    @Produces
    @ApplicationScoped
    public Tickets tickets() {
        return redis.isUsed() ? new RedisTickets(asking) : new MemoryTickets();
    }

    @Produces
    @ApplicationScoped
    public Counters counters() {
        Counters here = new MemoryCounters(threads);
        return redis.isUsed() ? new RedisCounters(redis, asking, here) : here;
    }

    @Produces
    @ApplicationScoped
    public RoomRules rules() {
        return redis.isUsed() ? new RedisRoomRules(redis, asking, threads) : new MemoryRoomRules();
    }

    @Produces
    @ApplicationScoped
    public Presence presence() {
        return redis.isUsed() ? new RedisPresence(redis, asking, nodes, threads) : new MemoryPresence();
    }

    @Produces
    @ApplicationScoped
    public ConnectionCount connections() {
        return redis.isUsed() ? new RedisConnectionCount(redis, asking, nodes) : ConnectionCount.ALONE;
    }

    @Produces
    @ApplicationScoped
    public Notes notes() {
        return redis.isUsed() ? new RedisNotes(redis, asking) : Notes.ALONE;
    }

    @Produces
    @ApplicationScoped
    public OtherNodes others() {
        return redis.isUsed() ? new RedisOtherNodes(redis, threads) : OtherNodes.NONE;
    }
}
