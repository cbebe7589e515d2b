package dev.roomcast.journal;

import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Slice;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What this node has read of a room's log: the room as of the last event, and a window of the newest ones.
 *
 * <p>Thread-safe; {@code this} guards the window, {@link #known} is published by each change. {@code null} until the room was read.
 */
final class RoomView {

    private static final System.Logger LOG = System.getLogger(RoomView.class.getName());

    private final Retention retention;
    private final LongSupplier clock;
    private Window window;

    /** Something in this log contradicts what came before it, however it is read. */
    private boolean odd;

    /** The last event that this version does not understand, and that is in no snapshot yet; 0 if there is none. */
    private long passedOver;

    private volatile Known known;

    RoomView(Retention retention, LongSupplier clock) {
        this.retention = retention;
        this.clock = clock;
        this.window = new Window(retention);
    }

    Known known() {
        return known;
    }

    synchronized Slice read(Position after, int limit) {
        return window.read(known.state().position(), after, limit);
    }

    /** Whether a question was let wait there, whatever has become of it since. */
    synchronized boolean isQueued(Position at) {
        Slice there = window.read(known.state().position(), new Position(at.epoch(), at.seq() - 1), 1);
        return !there.reset()
                && there.events().stream().anyMatch(event -> event.content() instanceof Content.AnswerQueued);
    }

    synchronized long firstKept() {
        return window.first(known.seq());
    }

    /**
     * Whether a snapshot of this node's would have all that is in the log. What it does not understand would be missing for those who do, once
     * it has been cut off the log; they store one in its time. If nobody has as long as the event is kept, a log must not grow for ever.
     */
    synchronized boolean isUnderstood() {
        return passedOver < window.first(known.seq());
    }

    synchronized void sweep() {
        if (known != null) {
            window.trim(clock.getAsLong());
        }
    }

    /**
     * Takes the next event.
     *
     * @return {@code false} if it is not the next one; one that is there already is fine
     * @throws Refused if it contradicts what is there, for the first time: this node may have got something wrong
     */
    synchronized boolean take(long epoch, Event event) {
        if (known == null || epoch != known.epoch() || event.seq() > known.seq() + 1) {
            return false;
        }
        if (event.seq() == known.seq() + 1) {
            Event taken = odd ? fitting(known, event) : event;
            Known next = known.and(taken);
            pass(taken);
            window.add(taken, clock.getAsLong());
            known = next; // last: from here on readers see it
        }
        return true;
    }

    private void pass(Event event) {
        if (event.content() instanceof Content.Unknown) {
            passedOver = event.seq();
        }
    }

    /**
     * What contradicts what came before it has its place, and shows nothing: a newer version knows what to make of it, others go by it, and the
     * log is theirs as well.
     */
    private Event fitting(Known before, Event event) {
        try {
            before.and(event);
            return event;
        } catch (Refused contradiction) {
            if (!odd) {
                LOG.log(
                        Level.WARNING,
                        "This version does not understand a room's log from event " + event.seq() + " on",
                        contradiction);
            }
            odd = true;
            return new Event(event.seq(), event.time(), event.re(), new Content.Unknown());
        }
    }

    /** Begins again from a snapshot, or from nothing, and the events around it, oldest first. */
    synchronized void begin(Known from, List<Event> events) {
        Known next = from;
        Window fresh = new Window(retention);
        odd = false;
        passedOver = 0;
        for (Event kept : events) {
            Event event = kept;
            if (event.seq() > from.seq()) {
                event = fitting(next, kept);
                next = next.and(event);
                pass(event);
            } else if (event.seq() == from.seq()) {
                next = new Known(from.state(), from.version(), from.holders(), event.time());
            }
            fresh.add(event, clock.getAsLong());
        }
        window = fresh;
        known = next;
    }

    /** At this head, Redis says this beside the log. An append of this node's own may have been faster; then it is old news. */
    synchronized void note(long head, long version, Map<String, String> holders) {
        if (known.seq() == head) {
            known = new Known(known.state(), version, holders, known.time());
        }
    }
}
