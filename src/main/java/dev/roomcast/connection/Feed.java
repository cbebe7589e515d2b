package dev.roomcast.connection;

import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One reader, who is written to. One write is in flight at the most; when it has finished, the feed takes what there is to read by
 * then ({@link Reading}), and writes that. So a slow reader gets fewer, larger frames, and costs no more memory than a fast one.
 *
 * <p>Thread-safe and non-blocking: any thread may {@link #wake} it. Whoever moves {@link #wakes} from 0 is the writer until
 * it is 0 again, and owns {@link #reading}.
 */
final class Feed {

    private static final System.Logger LOG = System.getLogger(Feed.class.getName());

    private final Sink sink;
    private final Executor closing;
    private final Runnable ended;
    private final Reading reading = new Reading();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

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
        if (reading.add(outgoing)) {
            wake();
        } else {
            close(Closing.TOO_MANY_REPLIES);
        }
    }

    /** Gives a sign of life, once what is in flight is written. */
    void ping() {
        reading.addPing();
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
            reading.end();
            ended.run();
        }
        return first;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** See {@link Reading#presenceTold}. */
    PresenceTold presenceTold() {
        return reading.presenceTold();
    }

    /** See {@link Reading#position}. */
    Position read() {
        return reading.position();
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
                frame = reading.next();
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
