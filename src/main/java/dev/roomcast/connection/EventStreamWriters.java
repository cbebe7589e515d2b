package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The threads that write SSE. A write to a reader that does not read may hold one for as long as the server lets it, so there
 * are as many as there are such readers, up to a bound. Beyond it, whoever has held one for longest is let go, so that those
 * who read wait for a moment and not for them.
 *
 * <p>Thread-safe; {@code this} guards {@link #writing} and {@link #waiting}.
 */
@ApplicationScoped
public class EventStreamWriters {

    /** A write that has taken so long is to somebody who does not read. As long as Open Liberty waits for one (writeTimeout). */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int bound;
    private final long patience;
    private final ExecutorService threads;
    private final Set<Write> writing = new LinkedHashSet<>(); // the longest first
    private int waiting;

    protected EventStreamWriters() { // for the container's proxy
        this.bound = 0;
        this.patience = 0;
        this.threads = null;
    }

    @Inject
    public EventStreamWriters(
            Threads threads, @ConfigProperty(name = "roomcast.limit.stalled-event-streams") int bound) {
        this(threads, bound, PATIENCE);
    }

    EventStreamWriters(Threads threads, int bound, Duration patience) {
        if (bound < 1) {
            throw new IllegalArgumentException("roomcast.limit.stalled-event-streams must be 1 or more.");
        }
        this.bound = bound;
        this.patience = patience.toNanos();
        this.threads = threads.growing("roomcast-sse", bound);
        // Who came when the others had not been waited for long enough is not forgotten.
        threads.timer().scheduleWithFixedDelay(this::makeRoom, 1, 1, TimeUnit.SECONDS);
    }

    /** How many readers may have stopped reading at a time. */
    public int bound() {
        return bound;
    }

    /**
     * Writes, elsewhere. One at a time for each reader.
     *
     * @param letGo ends the connection, and with it the write; must not block
     */
    void write(Runnable write, Runnable letGo) {
        boolean full;
        synchronized (this) {
            waiting++;
            full = writing.size() >= bound;
        }
        threads.execute(new Write(write, letGo));
        if (full) {
            makeRoom();
        }
    }

    /** Lets as many go as wait for a thread. */
    private void makeRoom() {
        List<Write> stalled = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            Iterator<Write> longest = writing.iterator();
            while (writing.size() >= bound && stalled.size() < waiting && longest.hasNext()) {
                Write write = longest.next();
                if (now - write.since < patience) {
                    break;
                }
                stalled.add(write);
            }
        }
        stalled.forEach(write -> write.letGo.run());
    }

    private final class Write implements Runnable {

        private final Runnable write;
        private final Runnable letGo;
        private long since;

        Write(Runnable write, Runnable letGo) {
            this.write = write;
            this.letGo = letGo;
        }

        @Override
        public void run() {
            synchronized (EventStreamWriters.this) {
                since = System.nanoTime();
                waiting--;
                writing.add(this);
            }
            try {
                write.run();
            } finally {
                synchronized (EventStreamWriters.this) {
                    writing.remove(this);
                }
            }
        }
    }
}
