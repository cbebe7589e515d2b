package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All clients of this node, and what they share. Thread-safe. */
@ApplicationScoped
public class Connections {

    private static final long CHECK_SECONDS = 2;

    private final Rooms rooms;
    private final Presence presence;
    private final Audiences audiences;
    private final Commands commands;
    private final Threads threads;
    private final Heartbeat heartbeat;
    private final Admission admission;
    private final Rights rights;
    private volatile boolean draining;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    protected Connections() { // for the container's proxy
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public Connections(
            Rooms rooms,
            Presence presence,
            Audiences audiences,
            Commands commands,
            Threads threads,
            Heartbeat heartbeat,
            Admission admission,
            Rights rights) {
        this.rooms = rooms;
        this.presence = presence;
        this.audiences = audiences;
        this.commands = commands;
        this.threads = threads;
        this.heartbeat = heartbeat;
        this.admission = admission;
        this.rights = rights;
    }

    @PostConstruct
    void watch() {
        threads.timer().scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /** A client came in. */
    Connection open(Member member, Sink sink) {
        return open(member, sink, Ids.next('s'));
    }

    /** A client came back, and is still the session of this name. */
    Connection open(Member member, Sink sink, String session) {
        Connection connection = new Connection(member, sink, session, this);
        open.add(connection);
        return connection;
    }

    void forget(Connection connection) {
        open.remove(connection);
    }

    private void check() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.check(heartbeat, now));
    }

    /** Nobody new is let in any more, and those who are here are told that this server will stop. */
    public void drain() {
        draining = true;
        Frame notice = Frames.status("draining", "This server is about to stop. You will be connected again.");
        open.forEach(connection -> connection.send(notice));
    }

    public boolean isDraining() {
        return draining;
    }

    /** The server stops: clients are told to come back, to whoever answers then. */
    @PreDestroy
    public void goAway() {
        List.copyOf(open).forEach(connection -> connection.close(Closing.GOING_AWAY));
    }

    /**
     * The connection goes on for as long as this token is good. Completes exceptionally with {@link Refused}, and then the connection is
     * as it was; see {@link Admission#renew}.
     */
    CompletionStage<Void> refresh(Connection connection, String token) {
        // Elsewhere, since the identity provider may have to be asked for its keys.
        return CompletableFuture.runAsync(
                () -> connection.renew(admission.renew(connection.member(), token)), threads.closing());
    }

    /** Of this name and this member, or {@code null}. */
    Connection find(String session, Member member) {
        return open.stream()
                .filter(connection -> connection.session().equals(session)
                        && connection.member().userId().equals(member.userId()))
                .findFirst()
                .orElse(null);
    }

    void typing(Room room, Member member) {
        rights.require(room.id(), member, Role.MEMBER);
        presence.typing(room.id(), member, true);
        audiences.presenceChanged(room.id());
    }

    /** Runs a command for the room, see {@link Commands#run}. Who has said something is not about to say it any more. */
    CompletionStage<Commands.Reply> run(Member member, Room room, Command command) {
        return commands.run(member, room, command).thenApply(reply -> {
            if (presence.typing(room.id(), member, false)) {
                audiences.presenceChanged(room.id());
            }
            return reply;
        });
    }

    Rights rights() {
        return rights;
    }

    Rooms rooms() {
        return rooms;
    }

    Presence presence() {
        return presence;
    }

    Audiences audiences() {
        return audiences;
    }

    Threads threads() {
        return threads;
    }
}
