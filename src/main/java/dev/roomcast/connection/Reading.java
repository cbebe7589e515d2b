package dev.roomcast.connection;

import dev.roomcast.room.Cursor;
import dev.roomcast.room.Position;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * What one reader gets next: what is meant for them alone, first come first served, and then what lies between their cursor and the
 * head of the room's log, however much that is by now.
 *
 * <p>Confined to whoever writes (see {@link Feed}), but for what is said of a method.
 */
final class Reading {

    /** Frames for one reader alone that may wait. */
    static final int OUTBOX = 16;

    private final ArrayDeque<Outgoing> outbox = new ArrayDeque<>(); // guards itself
    private final AtomicBoolean pingDue = new AtomicBoolean();

    private Entrance view = Entrance.NOWHERE;
    private volatile Cursor cursor;
    private List<Frame> frames = List.of();
    private int written;
    private volatile PresenceTold presence = PresenceTold.NOTHING;

    /** By any thread. {@code false} if too many wait. */
    boolean add(Outgoing outgoing) {
        synchronized (outbox) {
            return outbox.size() < OUTBOX && outbox.add(outgoing);
        }
    }

    /** By any thread: a sign of life, once there is nothing else. */
    void addPing() {
        pingDue.set(true);
    }

    /** By any thread: nobody reads any more. */
    void end() {
        synchronized (outbox) {
            outbox.clear();
        }
    }

    /** By any thread, as a glance: it may be about to change. What of the presence the reader was told last. */
    PresenceTold presenceTold() {
        return presence;
    }

    /** By any thread, as a glance: up to where the reader has read, or is about to; {@code null} in no room. */
    Position position() {
        Cursor at = cursor;
        return at == null ? null : at.position();
    }

    /** {@code null} if there is nothing more at the moment. Throws what reading the room throws. */
    Frame next() {
        if (written < frames.size()) {
            return frames.get(written++);
        }
        Outgoing outgoing;
        synchronized (outbox) {
            outgoing = outbox.poll();
        }
        if (outgoing != null) {
            if (outgoing.entrance() != null) {
                enter(outgoing.entrance());
            }
            return outgoing.frame() == null ? next() : outgoing.frame();
        }
        if (cursor != null) {
            Encoded slice = view.audience().from(cursor);
            if (slice.reset()) {
                // Too far behind: a fresh snapshot, and on from there.
                Outgoing again = view.snapshot().apply(cursor.position());
                enter(again.entrance());
                return again.frame();
            }
            if (!slice.frames().isEmpty()) {
                cursor = new Cursor(cursor.room(), slice.next());
                frames = slice.frames();
                written = 1;
                return frames.get(0);
            }
            if (!slice.next().equals(cursor.position())) {
                cursor = new Cursor(cursor.room(), slice.next()); // there is nothing to tell of what lay between
                return next();
            }
            PresenceFrames now = view.audience().presence();
            if (now != null && now.version() > presence.version()) {
                Frame frame = now.since(presence.version());
                presence = now.told();
                return frame;
            }
        }
        return pingDue.getAndSet(false) ? Frame.PING : null;
    }

    private void enter(Entrance entrance) {
        List<Frame> left = leave(entrance);
        view = entrance;
        cursor = entrance.cursor();
        frames = left.isEmpty()
                ? entrance.first()
                : Stream.concat(entrance.first().stream(), left.stream()).toList();
        written = 0;
        presence = entrance.presence();
    }

    /** What the reader will not read any more where they are. */
    private List<Frame> leave(Entrance next) {
        if (view.unread() == null || view.unread() == next.unread()) {
            return List.of();
        }
        boolean back = next.cursor() != null
                && next.cursor().room().id().equals(cursor.room().id());
        return back
                ? view.unread()
                        .leave(cursor.position(), next.unread(), next.cursor().position())
                : view.unread().leave(cursor.position(), null, null);
    }
}
