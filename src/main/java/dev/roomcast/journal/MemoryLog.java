package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The log of one room in memory: the current state, and a window of the newest events.
 *
 * <p>Thread-safe. {@code this} guards everything but {@link #state} (published by each append) and {@link #bells}.
 */
final class MemoryLog {

    /** What one slice carries at the most, in UTF-16 code units, so that a frame stays a frame. */
    static final int MAX_SLICE = 128 * 1024;

    private final Retention retention;
    private final ArrayDeque<Event> window = new ArrayDeque<>();
    private final Map<String, Long> endings = new HashMap<>();
    private final CommandMemory commands = new CommandMemory();
    private final Set<Runnable> bells = new CopyOnWriteArraySet<>();
    private int characters;
    private boolean closed;
    private volatile RoomState state;
    private volatile long touched;

    MemoryLog(long epoch, Retention retention, long now) {
        this.state = RoomState.empty(epoch);
        this.retention = retention;
        this.touched = now;
    }

    RoomState state() {
        return state;
    }

    Set<Runnable> bells() {
        return bells;
    }

    /** Appends, or tells a repeat. {@code null} if this log was given up in the meantime. The caller rings the bells. */
    synchronized Appended append(Draft draft, long now) {
        if (closed) {
            return null;
        }
        touched = now;
        Appended earlier = commands.find(draft, now);
        if (earlier != null) {
            return earlier;
        }
        Event event = new Event(state.position().seq() + 1, now, draft.re(), state.admit(draft));
        RoomState next = state.after(event);
        if (event.content() instanceof Content.Removed removed) {
            cover(removed);
        }
        window.add(event);
        characters += event.content().size();
        if (event.content() instanceof Content.AnswerEnded ended) {
            endings.put(ended.answerId(), now);
        }
        Appended appended = commands.remember(draft, event, next.position());
        trim(now);
        // Last: from here on readers see it.
        state = next;
        return appended;
    }

    /** Puts the removal in the places of what is removed, so that readers who are behind are not shown it either. */
    private void cover(Content.Removed removed) {
        List<Event> covered = new ArrayList<>(window.size());
        for (Event event : window) {
            boolean gone = removed.covers(event.content());
            if (gone) {
                characters -= event.content().size();
            }
            covered.add(gone ? new Event(event.seq(), event.time(), null, removed) : event);
        }
        window.clear();
        window.addAll(covered);
        endings.remove(removed.id());
    }

    synchronized Slice read(Position after, int limit) {
        Position head = state.position();
        long tail = head.seq() - window.size();
        if (after.epoch() != head.epoch() || after.seq() > head.seq() || after.seq() < tail) {
            return new Slice(List.of(), after, true);
        }
        if (after.seq() == head.seq() || limit == 0) {
            return new Slice(List.of(), after, false);
        }
        if (after.seq() == head.seq() - 1) {
            return new Slice(List.of(window.getLast()), head, false); // the usual case: a reader at the head
        }
        List<Event> events = new ArrayList<>();
        int size = 0;
        // From the newest backwards to find the start, since readers are near the head; then forwards again.
        int wanted = (int) (head.seq() - after.seq());
        var backwards = window.descendingIterator();
        Event[] behind = new Event[wanted];
        for (int i = wanted - 1; i >= 0; i--) {
            behind[i] = backwards.next();
        }
        for (Event event : behind) {
            size += event.content().size();
            if (events.size() == limit || (size > MAX_SLICE && !events.isEmpty())) {
                break;
            }
            events.add(event);
        }
        return new Slice(
                events, new Position(head.epoch(), events.get(events.size() - 1).seq()), false);
    }

    /** Lets fall off what nobody can ask for any more. */
    private void trim(long now) {
        while (!window.isEmpty()
                && (window.size() > retention.events()
                        || characters > retention.characters()
                        || isOver(window.getFirst(), now))) {
            Event oldest = window.removeFirst();
            characters -= oldest.content().size();
            if (oldest.content() instanceof Content.AnswerEnded ended) {
                endings.remove(ended.answerId());
            }
        }
    }

    /** The same, and forgets commands that are too old to be repeated. */
    synchronized void sweep(long now) {
        trim(now);
        commands.trim(now);
    }

    private boolean isOver(Event event, long now) {
        if (now - event.time() <= retention.age()) {
            return false;
        }
        String answer = event.content().answer();
        Long ended = endings.get(answer);
        return answer == null || (ended != null && now - ended > retention.age());
    }

    /**
     * Gives the log up if nobody watches it, nothing is under way or waits, and nothing was said in it lately, or ever.
     *
     * @param unused milliseconds after which a log is given up in which nothing was ever said: its readers may be between two
     *     polls
     */
    synchronized boolean closeIfIdle(long now, long unused) {
        boolean idle = now - touched > (state.position().seq() == 0 ? unused : retention.idle());
        closed = closed
                || (idle
                        && bells.isEmpty()
                        && state.running().isEmpty()
                        && state.waiting().isEmpty());
        return closed;
    }

    /** {@code false} if this log was given up in the meantime. */
    synchronized boolean watch(Runnable bell) {
        touched = System.currentTimeMillis();
        return !closed && bells.add(bell);
    }

    void unwatch(Runnable bell) {
        bells.remove(bell);
    }
}
