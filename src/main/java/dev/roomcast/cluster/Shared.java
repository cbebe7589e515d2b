package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Counters;
import dev.roomcast.member.MemoryCounters;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.MemoryRoomRules;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.member.Presence;
import dev.roomcast.member.RoomRules;
import dev.roomcast.member.Tickets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Chooses where that lives which nodes share: in the memory of this one, as long as it is alone. */
@ApplicationScoped
public class Shared {

    @Produces
    @ApplicationScoped
    Tickets tickets() {
        return new MemoryTickets();
    }

    @Produces
    @ApplicationScoped
    Counters counters(Threads threads) {
        return new MemoryCounters(threads);
    }

    @Produces
    @ApplicationScoped
    RoomRules rules() {
        return new MemoryRoomRules();
    }

    @Produces
    @ApplicationScoped
    Presence presence() {
        return new MemoryPresence();
    }
}
