package dev.roomcast.connection;

import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a client says, and what it is answered. Knows the commands that concern the connection itself; the others are for the room ({@link
 * Commands}). Thread-safe. No method blocks, but for entering a room (see {@link dev.roomcast.member.Presence}).
 */
final class Dialogue {

    private static final System.Logger LOG = System.getLogger(Dialogue.class.getName());

    private final Connections home;
    private final Connection connection;
    private final Feed feed;
    private final Visit visit;
    private final Backlog backlog = new Backlog();
    private final AtomicBoolean refreshing = new AtomicBoolean();

    Dialogue(Connections home, Connection connection, Feed feed, Visit visit) {
        this.home = home;
        this.connection = connection;
        this.feed = feed;
        this.visit = visit;
    }

    /** One command. Whatever it says, the answer is a frame. */
    void hear(String frame) {
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
            if (connection.hasTokenEnded()) {
                connection.close(Closing.TOKEN_ENDED);
            } else {
                run(command);
            }
        } catch (Refused e) {
            feed.send(Frames.error(id, e));
        } catch (RuntimeException e) {
            broke(id, e);
        }
    }

    private void run(Command command) {
        switch (command.type()) {
            case "join" -> {
                Joining joining = Joining.of(command);
                home.spendMessage(connection.member());
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
                home.typing(visit.room(), connection.member());
                acknowledge(command.id());
            }
            default -> {
                Room there = visit.room();
                Unread answers = visit.unread();
                home.run(connection.member(), there, command).whenComplete((reply, failure) -> {
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

    /** With which a client begins, and knows of nothing else. */
    Outgoing joined(Place place, Joining joining) {
        visit.wasTold(true);
        return place.joined(joining);
    }

    /** What the client sends while the room is being opened waits. */
    void enter(Joining joining, Function<Place, Outgoing> welcome, Runnable entered, Consumer<Throwable> failed) {
        visit.enter(joining, welcome, backlog::hold, failure -> {
            if (failure == null) {
                entered.run();
            } else {
                failed.accept(failure);
            }
            backlog.release(this::obey);
        });
    }

    /** See {@link Renewals}; one at a time, since each costs the verifying of a signature. */
    CompletionStage<Void> refresh(String token) {
        if (!refreshing.compareAndSet(false, true)) {
            throw Renewals.oneAtATime();
        }
        try {
            return home.renewals().here(connection, token).whenComplete((done, failure) -> refreshing.set(false));
        } catch (RuntimeException e) {
            refreshing.set(false);
            throw e;
        }
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
        LOG.log(Level.ERROR, "A command of " + connection.member().userId() + " broke", cause);
        feed.send(Frames.error(id, new Refused(Refused.Code.INTERNAL, "Something went wrong on this server.")));
    }
}
