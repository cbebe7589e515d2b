package dev.roomcast.connection;

import dev.roomcast.room.Cursor;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One reader: a cursor in a room's log, and a small outbox for what is meant for this reader alone. One write is in flight
 * at the most; when it has finished, the feed reads what lies between its cursor and the head, and writes that. So a slow
 * reader gets fewer, larger frames, and costs no more memory than a fast one.
 *
 * <p>Thread-safe and non-blocking: any thread may {@link #wake} it. Whoever moves {@link #wakes} from 0 is the writer until
 * it is 0 again, and owns {@link #view}, {@link #cursor}, {@link #frames} and {@link #presence}; {@link #outbox} is guarded by itself.
 */
final class Feed {

    static final int OUTBOX = 16;

    private static final System.Logger LOG = System.getLogger(Feed.class.getName());

    private final Sink sink;
    private final Executor closing;
    private final Runnable ended;
    private final ArrayDeque<Outgoing> outbox = new ArrayDeque<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean pingDue = new AtomicBoolean();

    private Entrance view = Entrance.NOWHERE;
    private volatile Cursor cursor;
    private List<Frame> frames = List.of();
    private int written;
    private volatile long presence;

    private volatile long writingSince;
    private volatile boolean calling;
    private volatile long lastWritten = System.nanoTime();

    /**
     * @param closing runs {@link Sink#close}, which may block
     * @param ended told once, when the feed is closed for whatever reason; must not block
     */
    Feed(Sink sink, Executor closing, Runnable ended) {
        this.sink = sink;
        this.closing = closing;
        this.ended = ended;
    }

    /** There may be something to read. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            drain();
        }
    }

    /** For this reader alone. A reader with too many of these unread is let go. */
    void send(Frame frame) {
        send(new Outgoing(frame, null));
    }

    /** From this frame on, the reader reads there. Without a frame ({@code null}), from the next one on. */
    void send(Frame frame, Entrance entrance) {
        send(new Outgoing(frame, entrance));
    }

    private void send(Outgoing outgoing) {
        boolean full;
        synchronized (outbox) {
            full = outbox.size() >= OUTBOX;
            if (!full) {
                outbox.add(outgoing);
            }
        }
        if (full) {
            close(Closing.TOO_MANY_REPLIES);
        } else {
            wake();
        }
    }

    /** Gives a sign of life, once what is in flight is written. */
    void ping() {
        pingDue.set(true);
        wake();
    }

    /**
     * Ends it. What is not written is not written any more: the client comes back to it by its position.
     *
     * @return completes once the client has been told, or cannot be; at once if it was ended before
     */
    CompletionStage<Void> close(Closing why) {
        if (end()) {
            try {
                return CompletableFuture.runAsync(() -> sink.close(why), closing);
            } catch (RejectedExecutionException e) {
                sink.close(why); // The server stops, and waits for whatever is left open.
            }
        }
        return CompletableFuture.completedStage(null);
    }

    /**
     * Ends it on the calling thread, which is the one that reads from the client. Open Liberty takes a frame that comes between
     * the order to close and the close frame for a reason to hang up, so that the client would not hear why; it reads none while
     * this runs. Behind a write in flight it would have to wait for the client: then as {@link #close}.
     */
    void closeWhileReading(Closing why) {
        if (writingSince != 0) {
            close(why);
        } else if (end()) {
            sink.close(why);
        }
    }

    /** The transport has ended by itself: there is no sink to close any more, for which a thread would have to be found. */
    void gone() {
        end();
    }

    /** @return whether it had not been ended yet */
    private boolean end() {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            synchronized (outbox) {
                outbox.clear();
            }
            ended.run();
        }
        return first;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** The version of presence that the reader was told last. A glance from outside: it may be about to change. */
    long presenceTold() {
        return presence;
    }

    /** Up to where the reader has read, or is about to; {@code null} in no room. A glance from outside, too. */
    Position read() {
        Cursor at = cursor;
        return at == null ? null : at.position();
    }

    /** Nanoseconds for which the write in flight has been; 0 if none is. */
    long stalledFor(long now) {
        long since = writingSince;
        return since == 0 ? 0 : Math.max(0, now - since);
    }

    /** Nanoseconds for which the sink has kept the thread that writes, which it must not; 0 if it has none. */
    long blockedFor(long now) {
        return calling ? stalledFor(now) : 0;
    }

    /** {@link System#nanoTime} of when a write last finished. */
    long lastWritten() {
        return lastWritten;
    }

    private void drain() {
        int seen = wakes.get();
        while (!closed.get()) {
            Frame frame;
            try {
                frame = next();
            } catch (RuntimeException e) {
                // One reader's trouble must not stop the pass that serves the others.
                LOG.log(e instanceof Refused ? Level.DEBUG : Level.ERROR, "A reader cannot be served", e);
                close(Closing.UNAVAILABLE);
                return;
            }
            if (frame == null) {
                // Nothing left, unless somebody rang since we began to look.
                seen = wakes.addAndGet(-seen);
                if (seen == 0) {
                    return;
                }
            } else {
                Write write = new Write();
                writingSince = System.nanoTime() | 1;
                calling = true;
                try {
                    sink.write(frame, write);
                } catch (RuntimeException e) {
                    write.done(e);
                }
                calling = false;
                if (write.inFlight()) {
                    return; // Still the writer: done() goes on from here.
                }
            }
        }
        // A closed feed keeps its wakes above 0, so that nobody drains it again.
    }

    private Frame next() {
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
            if (now != null && now.version() > presence) {
                Frame frame = now.since(presence);
                presence = now.version();
                return frame;
            }
        }
        return pingDue.getAndSet(false) ? Frame.PING : null;
    }

    private void enter(Entrance entrance) {
        view = entrance;
        cursor = entrance.cursor();
        frames = entrance.first();
        written = 0;
        presence = entrance.presence();
    }

    /** One write: started, then either returned from while in flight, or finished, whichever comes first. */
    private final class Write implements Sink.Completion {

        private static final int STARTED = 0;
        private static final int IN_FLIGHT = 1;
        private static final int DONE = 2;

        private final AtomicInteger phase = new AtomicInteger(STARTED);

        boolean inFlight() {
            return phase.compareAndSet(STARTED, IN_FLIGHT);
        }

        @Override
        public void done(Throwable failure) {
            int before = phase.getAndSet(DONE);
            if (before == DONE) {
                return;
            }
            writingSince = 0;
            lastWritten = System.nanoTime();
            if (failure != null) {
                close(Closing.LOST);
            } else if (before == IN_FLIGHT) {
                drain();
            }
        }
    }
}
