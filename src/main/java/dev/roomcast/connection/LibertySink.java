package dev.roomcast.connection;

import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes to a WebSocket on Open Liberty. While the container itself answers a client's ping, every send on that socket waits
 * for it, and it may wait for the client to read; so nothing is sent then, but a little later.
 */
final class LibertySink extends SocketSink {

    /** Milliseconds after which it is looked again whether the container has finished its pong, at first and at the most. */
    private static final long SOON = 5;

    private static final long LATER = 1_000;

    private final LibertyLink link;
    private final ScheduledExecutorService work;

    /** @param work where a write goes on that had to wait for the container's pong */
    LibertySink(Session session, Executor pings, ScheduledExecutorService work) {
        super(session, pings);
        this.link = LibertyLink.of(session);
        this.work = work;
    }

    @Override
    public void write(Frame frame, Completion done) {
        write(frame, done, SOON);
    }

    private void write(Frame frame, Completion done, long patience) {
        if (!link.isPonging()) {
            super.write(frame, done);
            return;
        }
        try {
            work.schedule(() -> write(frame, done, Math.min(LATER, 2 * patience)), patience, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            done.done(e); // the server stops
        }
    }
}
