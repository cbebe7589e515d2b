package dev.roomcast.assistant;

import dev.roomcast.member.Presence;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import dev.roomcast.room.Waiting;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks, now and then, whether anybody is left to read what is answered or waits for it, and whether other nodes left something to do.
 * Thread-safe; {@link #look} is for one thread.
 */
final class Attention {

    private static final System.Logger LOG = System.getLogger(Attention.class.getName());

    private final Presence presence;
    private final Rooms rooms;
    private final Floor floor;
    private final Duration grace;
    private final ConcurrentMap<RoomId, Room> waiting = new ConcurrentHashMap<>();
    /** By answerId, since when nobody is there for a question that waits. Confined to the thread that looks. */
    private Map<String, Long> unread = Map.of();

    Attention(Presence presence, Rooms rooms, Floor floor, Duration grace) {
        this.presence = presence;
        this.rooms = rooms;
        this.floor = floor;
        this.grace = grace;
    }

    /** Questions may wait in this room. */
    void pay(Room room) {
        if (!room.state().waiting().isEmpty()) {
            waiting.put(room.id(), room);
        }
    }

    /** Never throws, or nobody would look again. */
    void look() {
        each(floor.answers()::all, this::lookAt);
        // A node that is gone left its questions where people are still waiting for them.
        each(presence::rooms, id -> whenOpen(rooms.room(id), this::pay));
        Map<String, Long> nobody = new HashMap<>();
        each(waiting::values, room -> whenOpen(room, open -> lookAt(open, nobody)));
        unread = nobody;
    }

    /** One that cannot be looked after does not keep us from the others. */
    private static <T> void each(Supplier<Collection<T>> those, Consumer<T> look) {
        try {
            for (T one : those.get()) {
                try {
                    look.accept(one);
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.ERROR, "Could not look after one of the rooms", e);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Could not look after the rooms", e);
        }
    }

    /** A room that cannot be read right now is looked at the next time. */
    private static void whenOpen(Room room, Consumer<Room> look) {
        CompletableFuture<Void> open = room.open().toCompletableFuture();
        if (open.isDone() && !open.isCompletedExceptionally()) {
            look.accept(room);
        }
    }

    private void lookAt(Answer answer) {
        Room room = answer.room();
        if (presence.anybodyIn(room.id())) {
            answer.read();
        } else if (answer.unreadFor() > grace.toNanos()) {
            answer.stop(null, null);
        }
        answer.checkUnderWay();
        answer.checkReader();
    }

    private void lookAt(Room room, Map<String, Long> nobody) {
        Map<String, Waiting> questions = room.state().waiting();
        if (questions.isEmpty()) {
            waiting.remove(room.id());
            pay(room); // removed first, then looked: what came in between must not be missed
        } else if (presence.anybodyIn(room.id())) {
            floor.lookAt(room);
        } else {
            questions.forEach((answerId, question) -> {
                long since = unread.getOrDefault(answerId, System.nanoTime());
                nobody.put(answerId, since);
                if (System.nanoTime() - since > grace.toNanos()) {
                    drop(room, question, Outcome.withdrawn(null));
                }
            });
            floor.lookAt(room);
        }
    }

    /** Ends what waits, in the rooms that are known here. */
    void interruptWaiting() {
        Outcome outcome = Outcome.neverBegun(
                Status.INTERRUPTED,
                new Reason("server-stopped", "The server stopped before it was this question's turn.", true));
        for (Room room : waiting.values()) {
            room.state().waiting().values().forEach(question -> drop(room, question, outcome));
        }
    }

    private void drop(Room room, Waiting question, Outcome outcome) {
        floor.drop(
                room,
                question.question(),
                outcome,
                null); // refused if it begins just now, and then it is not our business
    }
}
