package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Cursor;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * One client, whatever its transport: a member, a {@link Feed}, and the room they are in, one at a time. Knows the commands
 * that concern the connection itself; the others are for the room ({@link Commands}).
 *
 * <p>Thread-safe; {@code this} guards {@link #room} and {@link #audience}. No method blocks.
 */
final class Connection {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final Member member;
    private final String session = Ids.next('s');
    private final Feed feed;
    private final Connections home;
    private Room room;
    private Audience audience;
    private boolean ended;
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastPing = System.nanoTime();

    Connection(Member member, Sink sink, Connections home) {
        this.member = member;
        this.home = home;
        this.feed = new Feed(sink, home.threads().closing(), this::ended);
    }

    /** One command from the client. Whatever it says, the answer is a frame. */
    void receive(String frame) {
        heard();
        String id = null;
        try {
            Command command = Command.parse(frame);
            id = command.id();
            run(command);
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

    /** The transport is gone, or has to go. */
    void close(Closing why) {
        feed.close(why);
    }

    /** A frame for this client alone. */
    void send(Frame frame) {
        feed.send(frame);
    }

    /** Looks whether the client still lives, and asks it for a sign of life when it has been silent. */
    void check(Heartbeat heartbeat, long now) {
        long silent = now - Math.max(lastHeard, feed.lastWritten());
        if (feed.stalledFor(now) > heartbeat.stalled()) {
            close(Closing.STALLED);
        } else if (now - lastHeard > heartbeat.silent() && silent > heartbeat.silent()) {
            close(Closing.SILENT);
        } else if (now - lastHeard > heartbeat.ping() && now - lastPing > heartbeat.ping()) {
            lastPing = now;
            feed.ping();
        }
    }

    private void run(Command command) {
        switch (command.type()) {
            case "join" -> join(
                    new RoomId(command.word("roomId")), command.optional("since"), command.id(), command.id() == null);
            case "leave" -> {
                leave();
                feed.send(Frames.reply(command.id(), Map.of()), Feed.Entrance.NOWHERE);
            }
            case "ping" -> feed.send(Frames.pong(command.id()));
            case "typing" -> {
                home.typing(joined(), member);
                acknowledge(command.id());
            }
            default -> home.commands().run(member, joined(), command).whenComplete((reply, failure) -> {
                if (failure != null) {
                    failed(command.id(), failure);
                } else if (command.id() != null && !reply.seen()) {
                    feed.send(Frames.reply(command.id(), reply.yields()));
                }
            });
        }
    }

    /**
     * @param since where the client says it was, or {@code null}
     * @param plain the client knows only the five types of frames, and cannot read a snapshot
     */
    void join(RoomId id, String since, String re, boolean plain) {
        Position from = since == null ? null : Position.parse(since);
        Room next = home.rooms().room(id);
        Audience there;
        Roster roster;
        leave();
        synchronized (this) {
            if (ended) {
                return;
            }
            // The bell first, then the head: an append in between must not be missed.
            there = home.audiences().enter(next, feed);
            roster = home.presence().enter(id, member, session);
            room = next;
            audience = there;
        }
        there.presenceChanged();
        LOG.log(Level.INFO, "{0} came to {1}", member.userId(), id);
        Cursor cursor = from == null ? null : next.from(from);
        if (cursor != null && cursor.complete()) {
            Roster.View here = roster.view();
            Frame joined = Frames.joined(re, id.name(), session, since, null, member, here);
            feed.send(joined, entrance(there, cursor, roster, here, List.of()));
        } else {
            Feed.Outgoing joined = snapshot(next, there, roster, re, plain);
            feed.send(joined.frame(), joined.entrance());
        }
    }

    /** Everything a newcomer needs, and a cursor that goes on exactly where it ends. */
    private Feed.Outgoing snapshot(Room in, Audience there, Roster roster, String re, boolean plain) {
        RoomState state = in.state();
        Roster.View here = roster.view();
        Frame joined =
                Frames.joined(re, in.id().name(), session, state.position().toString(), state, member, here);
        List<Frame> replay = !plain
                ? List.of()
                : state.running().values().stream()
                        .flatMap(answer -> Frames.replay(answer).stream())
                        .toList();
        return new Feed.Outgoing(joined, entrance(there, in.from(state.position()), roster, here, replay));
    }

    private Feed.Entrance entrance(
            Audience there, Cursor cursor, Roster roster, Roster.View here, List<Frame> first) {
        return new Feed.Entrance(
                there,
                cursor,
                here.version(),
                first,
                () -> snapshot(cursor.room(), there, roster, null, false));
    }

    private void leave() {
        Room left;
        Audience behind;
        synchronized (this) {
            left = room;
            behind = audience;
            room = null;
            audience = null;
        }
        if (left != null) {
            home.audiences().leave(left, feed);
            home.presence().leave(left.id(), member, session);
            behind.presenceChanged();
            LOG.log(Level.INFO, "{0} left {1}", member.userId(), left.id());
        }
    }

    private void ended() {
        synchronized (this) {
            ended = true;
        }
        leave();
        home.forget(this);
    }

    private synchronized Room joined() {
        if (room == null) {
            throw new Refused(Code.NOT_JOINED, "Join a room first.");
        }
        return room;
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
        feed.send(Frames.error(id, new Refused(Code.INTERNAL, "Something went wrong on this server.")));
    }
}
