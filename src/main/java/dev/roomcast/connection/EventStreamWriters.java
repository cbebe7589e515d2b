package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;

/**
 * The threads that write SSE. A write to a reader that does not read may hold one for seconds, so there are as many as
 * there are such readers, up to a bound at which the bound on a stalled write ({@code writeTimeout} of the server, {@link
 * Heartbeat#stalled} of ours) frees them faster than they are taken: every reader has one write under way at the most.
 */
@ApplicationScoped
public class EventStreamWriters {

    private static final int MAX_THREADS = 512;

    private final ExecutorService threads;

    protected EventStreamWriters() {
        this.threads = null; // for the container's proxy
    }

    @Inject
    public EventStreamWriters(Threads threads) {
        this.threads = threads.growing("roomcast-sse", MAX_THREADS);
    }

    void write(Runnable write) {
        threads.execute(write);
    }
}
