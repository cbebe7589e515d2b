package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.Audit;
import dev.roomcast.member.Member;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All clients of this node, and what they share. Thread-safe. */
@ApplicationScoped
public class Connections {

    private static final long CHECK_SECONDS = 2;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Rooms rooms;
    private final Presence presence;
    private final Audiences audiences;
    private final Commands commands;
    private final Threads threads;
    private final Heartbeat heartbeat;
    private final Admission admission;
    private final Rights rights;
    private final Allowance allowance;
    private final Nodes nodes;
    private final int perUser;
    private final ConcurrentMap<String, Integer> users = new ConcurrentHashMap<>();
    private volatile boolean draining;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    protected Connections() { // for the container's proxy
        this(null, null, null, null, null, null, null, null, null, null, 0);
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
            Rights rights,
            Allowance allowance,
            Nodes nodes,
            @ConfigProperty(name = "roomcast.limit.connections-per-user") int perUser) {
        this.rooms = rooms;
        this.presence = presence;
        this.audiences = audiences;
        this.commands = commands;
        this.threads = threads;
        this.heartbeat = heartbeat;
        this.admission = admission;
        this.rights = rights;
        this.allowance = allowance;
        this.nodes = nodes;
        this.perUser = perUser;
    }

    @PostConstruct
    void watch() {
        threads.timer().scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
        nodes.watch(well -> open.forEach(connection -> connection.send(degraded(well))));
    }

    /** How it is with the rooms of this node: what is said now may have to wait. */
    static Frame degraded(boolean well) {
        return well
                ? Frames.status("ok", "Everything works again.")
                : Frames.status(
                        "degraded",
                        "This server cannot reach what it shares with others. Nothing can be said for the moment.");
    }

    Nodes nodes() {
        return nodes;
    }

    /** A client came in. */
    Connection open(Member member, Sink sink) {
        return open(member, sink, Ids.next('s'));
    }

    /** A client came back, and is still the session of this name. */
    Connection open(Member member, Sink sink, String session) {
        Connection connection = new Connection(member, sink, session, this);
        open.add(connection);
        // Counted here and not where they were let in, so that it is exact also when many come at once.
        if (users.merge(member.userId(), 1, Integer::sum) > perUser && perUser > 0) {
            connection.close(Closing.TOO_MANY_CONNECTIONS);
        }
        return connection;
    }

    /** Refuses ({@code rate-limited}) who has as many connections as they may: better than to open one and close it. */
    void checkLeft(Member member) {
        if (left(member) <= 0) {
            Audit.note("refused", member, null, "code", Refused.Code.RATE_LIMITED.wire());
            throw new Refused(Refused.Code.RATE_LIMITED, "You have as many connections open as you may.", SOON);
        }
    }

    /** How many connections this member may still open. */
    int left(Member member) {
        return perUser > 0 ? perUser - users.getOrDefault(member.userId(), 0) : Integer.MAX_VALUE;
    }

    /** How many connections one user may have open; 0 for any number. */
    int perUser() {
        return perUser;
    }

    /** Takes a message of this member's allowance. */
    void spendMessage(Member member) {
        allowance.message(member.userId());
    }

    void forget(Connection connection) {
        if (open.remove(connection)) {
            users.computeIfPresent(connection.member().userId(), (user, many) -> many == 1 ? null : many - 1);
        }
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
        spendMessage(member);
        presence.typing(room.id(), member, true);
        audiences.presenceChanged(room.id());
    }

    /** Runs a command for the room, see {@link Commands#run}. Who has said something is not about to say it any more. */
    CompletionStage<Commands.Reply> run(Member member, Room room, Command command) {
        return room.open()
                .thenCompose(open -> commands.run(member, room, command))
                .thenApply(reply -> {
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
