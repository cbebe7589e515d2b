package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.ConnectionCount;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Rights;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Rooms;
import java.time.Duration;

/** The connections of a node. Whoever tests them says what matters to it: else everybody may do everything, and nothing takes too long. */
final class TestConnections {

    static final Heartbeat PATIENT = new Heartbeat(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1));

    private final Threads threads;
    private final Presence presence;
    private Rooms rooms = new Rooms(MemoryJournals.small());
    private Commands commands;
    private Heartbeat heartbeat = PATIENT;
    private Admission admission;
    private Rights rights = RightsOfAll.INSTANCE;
    private Allowance allowance = new NoLimits();
    private OtherNodes others = OtherNodes.NONE;
    private Nodes nodes = MemoryJournals.alone();
    private int perUser;

    TestConnections(Threads threads, Presence presence) {
        this.threads = threads;
        this.presence = presence;
    }

    TestConnections in(Journal journal) {
        rooms = new Rooms(journal);
        return this;
    }

    TestConnections with(Commands commands) {
        this.commands = commands;
        return this;
    }

    TestConnections with(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
        return this;
    }

    TestConnections with(Admission admission) {
        this.admission = admission;
        return this;
    }

    TestConnections with(Rights rights) {
        this.rights = rights;
        return this;
    }

    TestConnections with(Allowance allowance) {
        this.allowance = allowance;
        return this;
    }

    TestConnections with(OtherNodes others) {
        this.others = others;
        return this;
    }

    TestConnections with(Nodes nodes) {
        this.nodes = nodes;
        return this;
    }

    /** So many for each user. */
    TestConnections limit(int perUser) {
        this.perUser = perUser;
        return this;
    }

    Connections make() {
        return new Connections(
                rooms,
                presence,
                new Audiences(presence, threads),
                commands,
                threads,
                heartbeat,
                admission,
                rights,
                allowance,
                ConnectionCount.ALONE,
                others,
                nodes,
                perUser);
    }
}
