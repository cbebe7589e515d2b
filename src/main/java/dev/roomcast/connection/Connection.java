package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client, whatever its transport: a member, a {@link Feed}, and the room they {@linkplain Visit visit}. Knows the commands
 * that concern the connection itself; the others are for the room ({@link Commands}).
 *
 * <p>Thread-safe. No method blocks, but for entering a room (see {@link dev.roomcast.member.Presence}).
 */
final class Connection {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private volatile Member member;
    private final String session;
    private final Feed feed;
    private final Connections home;
    private final Backlog backlog = new Backlog();
    private final Visit visit;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastPing = lastHeard - 1;

    Connection(Member member, Sink sink, String session, Connections home) {
        this.member = member;
        this.session = session;
        this.home = home;
        this.feed = new Feed(sink, home.threads().closing(), this::ended);
        this.visit = new Visit(home, this, feed);
    }

    /** One command from the client. Whatever it says, the answer is a frame. */
    void receive(String frame) {
        heard();
        try {
            if (!backlog.keep(frame)) {
                obey(frame);
            }
        } catch (Refused e) {
            feed.send(Frames.error(null, e));
        }
    }

    private void obey(String frame) {
        String id = null;
        try {
            Command command = Command.parse(frame);
            id = command.id();
            if (hasTokenEnded()) {
                close(Closing.TOKEN_ENDED);
            } else {
                run(command);
            }
        } catch (Refused e) {
            feed.send(Frames.error(id, e));
        } catch (RuntimeException e) {
            broke(id, e);
        }
    }

    /** Refuses what is not even a frame. */
    void refuse(Refused refused) {
        heard();
        feed.send(Frames.error(null, refused));
    }

    /** Something came from the client: it lives. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** The transport has to go. See {@link Feed#close}. */
    CompletionStage<Void> close(Closing why) {
        return feed.close(why);
    }

    /** The transport has to go, as what it just read says. See {@link Feed#closeWhileReading}. */
    void closeWhileReading(Closing why) {
        feed.closeWhileReading(why);
    }

    /** The transport has gone. */
    void gone() {
        feed.gone();
    }

    /** What this client is called across its requests. */
    String session() {
        return session;
    }

    /** See {@link Feed#presenceTold}. */
    long presenceTold() {
        return feed.presenceTold();
    }

    boolean isClosed() {
        return feed.isClosed();
    }

    /** A frame for this client alone. */
    void send(Frame frame) {
        feed.send(frame);
    }

    /** See {@link Visit#tellHowItIs}. */
    void tellHowItIs() {
        visit.tellHowItIs();
    }

    /** See {@link Visit#wellTold}. */
    Boolean wellTold() {
        return visit.wellTold();
    }

    /** See {@link Visit#announce}. */
    void announce(Frame frame) {
        visit.announce(frame);
    }

    /** Who is at the other end, as they last showed. */
    Member member() {
        return member;
    }

    /** They have shown something new. */
    void renew(Member renewed) {
        member = renewed;
    }

    /** See {@link Renewals}; one at a time, since each costs the verifying of a signature. */
    CompletionStage<Void> refresh(String token) {
        if (!refreshing.compareAndSet(false, true)) {
            throw Renewals.oneAtATime();
        }
        try {
            return home.renewals().here(this, token).whenComplete((done, failure) -> refreshing.set(false));
        } catch (RuntimeException e) {
            refreshing.set(false);
            throw e;
        }
    }

    private boolean hasTokenEnded() {
        return !member.until().isAfter(Instant.now());
    }

    /** Looks whether the client may stay and still lives, and asks it for a sign of life when it has been silent. */
    void check(Heartbeat heartbeat, long now) {
        long silent = now - lastHeard;
        if (hasTokenEnded()) {
            close(Closing.TOKEN_ENDED);
        } else if (!visit.mayStay()) {
            close(Closing.NOT_ALLOWED);
        } else if (feed.stalledFor(now) > heartbeat.stalled() || feed.blockedFor(now) > Heartbeat.BLOCKED) {
            close(Closing.STALLED);
        } else if (silent > heartbeat.silent() && now - feed.lastWritten() > heartbeat.silent()) {
            close(Closing.SILENT);
        } else if (silent > heartbeat.ping() && lastPing - lastHeard < 0) {
            lastPing = now; // and no other until something was heard
            home.threads().work().execute(feed::ping); // this thread never writes, see Connections
        }
    }

    private void run(Command command) {
        switch (command.type()) {
            case "join" -> {
                Joining joining = Joining.of(command);
                home.spendMessage(member);
                enter(joining, place -> joined(place, joining), () -> {}, failure -> failed(command.id(), failure));
            }
            case "leave" -> {
                visit.leave();
                feed.send(Frames.reply(command.id(), Map.of()), Entrance.NOWHERE);
            }
            case "ping" -> feed.send(Frames.pong(command.id()));
            case "refresh" ->
                refresh(command.word("token")).whenComplete((done, failure) -> {
                    if (failure != null) {
                        failed(command.id(), failure);
                    } else {
                        acknowledge(command.id());
                    }
                });
            case "typing" -> {
                home.typing(visit.room(), member);
                acknowledge(command.id());
            }
            default -> {
                Room there = visit.room();
                Unread answers = visit.unread();
                home.run(member, there, command).whenComplete((reply, failure) -> {
                    if (failure != null) {
                        failed(command.id(), failure);
                    } else if (command.id() != null) {
                        answer(command.id(), reply, there, answers);
                    }
                });
            }
        }
    }

    /** By itself, unless the sender reads it in the room's log. */
    private void answer(String id, Commands.Reply reply, Room there, Unread answers) {
        boolean told = false;
        if (reply.seen()) {
            Position position = reply.position() == null ? there.state().position() : Position.parse(reply.position());
            told = !answers.add(position, id, reply, feed.read());
        }
        if (!told) {
            feed.send(Frames.reply(id, reply.yields()));
        }
    }

    /** Enters a room: the first frame is {@code joined}, and then come the events from there on. */
    void join(Joining joining) {
        enter(joining, place -> joined(place, joining), () -> {}, failure -> close(Closing.UNAVAILABLE));
    }

    /** With which a client begins, and knows of nothing else. */
    private Outgoing joined(Place place, Joining joining) {
        visit.wasTold(true);
        return place.joined(joining);
    }

    /** Goes on where the client was, without a word about it if nothing is missing and they may do what they were told. */
    void resume(Joining joining, long presence, Role told, Boolean well) {
        visit.wasTold(well);
        enter(
                joining,
                place -> place.resumed(joining, presence),
                () -> {
                    if (roleTold() != told) {
                        feed.send(Frames.you(member, roleTold()));
                    }
                },
                failure -> close(Closing.UNAVAILABLE));
    }

    /** What the client sends while the room is being opened waits. */
    private void enter(
            Joining joining, Function<Place, Outgoing> welcome, Runnable entered, Consumer<Throwable> failed) {
        visit.enter(joining, welcome, backlog::hold, failure -> {
            if (failure == null) {
                entered.run();
            } else {
                failed.accept(failure);
            }
            backlog.release(this::obey);
        });
    }

    /** What the client was told last that they may do in the room. */
    Role roleTold() {
        return visit.role();
    }

    private void ended() {
        visit.end();
        home.forget(this);
    }

    private void acknowledge(String id) {
        if (id != null) {
            feed.send(Frames.reply(id, Map.of()));
        }
    }

    private void failed(String id, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Refused refused) {
            feed.send(Frames.error(id, refused));
        } else {
            broke(id, cause);
        }
    }

    private void broke(String id, Throwable cause) {
        LOG.log(Level.ERROR, "A command of " + member.userId() + " broke", cause);
        feed.send(Frames.error(id, new Refused(Refused.Code.INTERNAL, "Something went wrong on this server.")));
    }
}
