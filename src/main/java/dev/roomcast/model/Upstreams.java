package dev.roomcast.model;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Where ready upstreams come from, and where they go back to.
 *
 * <p>Building a client costs the better part of a millisecond, and a connection, with TLS, much more than that: so one
 * client is kept built ahead, and those whose answers were read to the end are used again, together with their open
 * connections, for as long as those are likely to be still open. Thread-safe.
 */
final class Upstreams implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Upstreams.class.getName());
    private static final int MOST_IDLE = 64;

    /** Providers close idle connections, the strictest known after 15 s or so; asking on a closed one costs a retry. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    private final Supplier<Upstream> clients;
    private final Executor executor;
    private final BlockingDeque<Idle> idle = new LinkedBlockingDeque<>(MOST_IDLE);
    private volatile boolean closed;

    /**
     * @param clients builds new ones
     * @param executor where to build ahead, and to close, which may block
     */
    Upstreams(Supplier<Upstream> clients, Executor executor) {
        this.clients = clients;
        this.executor = executor;
        executor.execute(this::buildAhead);
    }

    /** One that nobody else has. The most recently used comes first, as its connection is the most likely to be open. */
    Upstream take() {
        Idle next = idle.pollFirst();
        while (next != null && next.isStale()) {
            cut(next.upstream());
            next = idle.pollFirst();
        }
        if (idle.isEmpty()) {
            executor.execute(this::buildAhead);
        }
        return next != null ? next.upstream() : make();
    }

    /** A new one. */
    Upstream make() {
        return clients.get();
    }

    /** Takes back one whose answer was read to the end. */
    void giveBack(Upstream upstream) {
        upstream.release();
        if (closed || !idle.offerFirst(new Idle(upstream, true, System.nanoTime()))) {
            cut(upstream);
        }
    }

    /** Ends the call of one that is of no use any more, at once, but does not wait for that. */
    void cut(Upstream upstream) {
        try {
            executor.execute(upstream::cut);
        } catch (RejectedExecutionException e) {
            upstream.cut(); // the server stops, and this must not outlive it
        }
    }

    /** Closes those that were idle for too long. To be called now and then. */
    void tidy() {
        for (Idle next : idle) {
            if (next.isStale() && idle.remove(next)) {
                cut(next.upstream());
            }
        }
    }

    private void buildAhead() {
        if (closed || !idle.isEmpty()) {
            return;
        }
        try {
            Upstream ready = clients.get();
            if (closed || !idle.offerLast(new Idle(ready, false, System.nanoTime()))) {
                ready.cut();
            }
        } catch (RuntimeException e) {
            // Whoever takes one builds it then, and hears of the trouble.
            LOG.log(Level.WARNING, "No client for the model could be built ahead", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Idle next = idle.poll(); next != null; next = idle.poll()) {
            next.upstream().cut();
        }
    }

    private record Idle(Upstream upstream, boolean used, long since) {

        boolean isStale() {
            return used && System.nanoTime() - since > LONGEST_IDLE.toNanos();
        }
    }
}
