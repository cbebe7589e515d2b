package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Slice;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The log of one room in memory: the current state, and a window of the newest events.
 *
 * <p>Thread-safe. {@code this} guards everything but {@link #state} (published by each append) and {@link #bells}.
 */
final class MemoryLog {

    private final Retention retention;
    private final Window window;
    private final CommandMemory commands = new CommandMemory();
    private final Set<Runnable> bells = new CopyOnWriteArraySet<>();
    private boolean closed;
    private volatile RoomState state;
    private volatile long touched;

    MemoryLog(long epoch, Retention retention, long now) {
        this.state = RoomState.empty(epoch);
        this.retention = retention;
        this.window = new Window(retention);
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
        window.add(event, now);
        Appended appended = commands.remember(draft, event, next.position());
        if (draft.next() != null) {
            Event waits = new Event(event.seq() + 1, now, null, new Content.AnswerQueued(draft.next()));
            next = next.after(waits);
            window.add(waits, now);
        }
        // Last: from here on readers see it.
        state = next;
        return appended;
    }

    synchronized Slice read(Position after, int limit) {
        return window.read(state.position(), after, limit);
    }

    /** Lets fall off what is too old, and forgets commands that are too old to be repeated. */
    synchronized void sweep(long now) {
        window.trim(now);
        commands.trim(now);
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
        touched = System.currentTimeMillis(); // who only read used it, too
        bells.remove(bell);
    }
}
