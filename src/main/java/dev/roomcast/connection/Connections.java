package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.ConnectionCount;
import dev.roomcast.member.Member;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Room;
import dev.roomcast.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All clients of this node, and what they share. Thread-safe. */
@ApplicationScoped
public class Connections {

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    /** So often it is looked who still lives. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private final Rooms rooms;
    private final Presence presence;
    private final Audiences audiences;
    private final Commands commands;
    private final Threads threads;
    private final Heartbeat heartbeat;
    private final Rights rights;
    private final Allowance allowance;
    private final Renewals renewals;
    private final Nodes nodes;
    private final UserConnections users;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    protected Connections() { // for the container's proxy
        this(null, null, null, null, null, null, null, null, null, null, null, null, 0);
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
            ConnectionCount count,
            OtherNodes others,
            Nodes nodes,
            @ConfigProperty(name = "roomcast.limit.connections-per-user") int perUser) {
        this.rooms = rooms;
        this.presence = presence;
        this.audiences = audiences;
        this.commands = commands;
        this.threads = threads;
        this.heartbeat = heartbeat;
        this.rights = rights;
        this.allowance = allowance;
        this.renewals = new Renewals(this, admission, others, threads);
        this.nodes = nodes;
        this.users = new UserConnections(count, perUser);
    }

    /** By a thread of its own that never writes: it frees those that a server keeps. */
    @PostConstruct
    void watch() {
        threads.ticking("roomcast-heartbeat")
                .scheduleWithFixedDelay(this::check, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        renewals.listen();
        nodes.watch(well -> open.forEach(Connection::tellHowItIs));
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
        return open(member, sink, Ids.next('s'), threads.closing());
    }

    /**
     * A client came in, or came back and is still the session of this name.
     *
     * @param closing see {@link Feed}
     */
    Connection open(Member member, Sink sink, String session, Executor closing) {
        Connection connection = new Connection(member, sink, session, this, closing);
        open.add(connection);
        // Counted here and not where they were let in, so that it is exact also when many come at once.
        users.add(member.userId()).thenAccept(tooMany -> {
            if (tooMany) {
                connection.close(Closing.TOO_MANY_CONNECTIONS);
            }
        });
        return connection;
    }

    /** How many connections each user has and may have. */
    UserConnections users() {
        return users;
    }

    /** Takes a message of this member's allowance. */
    void spendMessage(Member member) {
        allowance.message(member.userId(), false);
    }

    void forget(Connection connection) {
        if (open.remove(connection)) {
            users.remove(connection.member().userId());
        }
    }

    private void check() {
        long now = System.nanoTime();
        for (Connection connection : open) {
            try {
                connection.check(heartbeat, now);
            } catch (RuntimeException e) {
                // One connection's trouble must not end the heartbeat of the others.
                LOG.log(Level.ERROR, "A connection of " + connection.member().userId() + " cannot be checked", e);
            }
        }
    }

    /** All who are here now. */
    List<Connection> all() {
        return List.copyOf(open);
    }

    /** Everybody who is in a room hears this. */
    void tell(Frame frame) {
        open.forEach(connection -> connection.announce(frame));
    }

    /** The application ends, perhaps without the process. */
    @PreDestroy
    void end() {
        goAway();
    }

    /** The server stops: clients are told to come back, to whoever answers then. Completes when all have been told. */
    public CompletionStage<Void> goAway() {
        return CompletableFuture.allOf(all().stream()
                .map(connection -> connection.close(Closing.GOING_AWAY).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
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
    }

    /** Runs a command of somebody who need not have entered the room: where it is not open here, to open it costs what entering does. */
    CompletionStage<Commands.Reply> runFromOutside(Member member, Room room, Command command) {
        Commands.checkType(command); // it opens no room
        if (!room.isOpen()) {
            spendMessage(member);
        }
        return run(member, room, command);
    }

    /** Runs a command for the room, see {@link Commands#run}. Who has said something is not about to say it any more. */
    CompletionStage<Commands.Reply> run(Member member, Room room, Command command) {
        return room.open()
                .thenCompose(open -> commands.run(member, room, command))
                .thenApply(reply -> {
                    presence.typing(room.id(), member, false);
                    return reply;
                });
    }

    Renewals renewals() {
        return renewals;
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
