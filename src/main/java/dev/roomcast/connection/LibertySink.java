package dev.roomcast.connection;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
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

    @Override
    void send(String text, SendHandler told) {
        Told result = new Told(told);
        super.send(text, result);
        result.returned = true;
    }

    /**
     * How a write ended. The container tells of one that had to wait for the reader inside of a section of its own, and so does
     * {@link LibertyWriter} of the next one if that is written there: it would wait for itself. So the feed goes on elsewhere then.
     */
    private final class Told implements SendHandler {

        private final SendHandler feed;
        private final Thread caller = Thread.currentThread();
        private boolean returned; // only looked at by the caller's own thread

        Told(SendHandler feed) {
            this.feed = feed;
        }

        @Override
        public void onResult(SendResult result) {
            if (Thread.currentThread() == caller && !returned) {
                feed.onResult(result);
                return;
            }
            try {
                work.execute(() -> feed.onResult(result));
            } catch (RejectedExecutionException e) {
                feed.onResult(new SendResult(e)); // the server stops
            }
        }
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
