package dev.roomcast.connection;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to a WebSocket on Open Liberty, where an asynchronous send of one small frame costs twice the CPU of a blocking
 * one, and a blocking one waits for ever on a reader that does not read. So small frames go the blocking way as long as
 * little is on its way to the reader: so little that the kernel's buffers surely take it, and nothing can block. What is on
 * its way is known from pings: a pong says that everything before its ping was read. All else goes the asynchronous way.
 *
 * <p>While the container itself answers a client's ping, every send on that socket waits, for ever if the client reads
 * nothing; so nothing is sent then, but a little later.
 *
 * <p>{@link #write} and what completes it belong to the feed's writer, one at a time; {@link #pong} is anybody's.
 */
final class CreditSink extends SocketSink {

    /** Bytes that may be on their way for another small frame to be written at once: less than any peer can make the kernel refuse (ADR 3). */
    static final int CREDIT = 12 * 1024;

    /** What a frame counts at the least: the kernel's memory for a packet is far more than a tiny one's bytes. */
    private static final int LEAST = 128;

    /** A WebSocket frame's header from the server, at the most (RFC 6455, section 5.2). */
    private static final int HEADER = 10;

    private static final int PING = LEAST;

    /** Milliseconds after which it is looked again whether the container has finished its pong, at first and at the most. */
    private static final long SOON = 5;

    private static final long LATER = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final LibertyLink link;
    private final ScheduledExecutorService work;
    private long sent;
    private final AtomicLong outstanding = new AtomicLong();
    private volatile long marked;
    private volatile long read;

    /** @param work where a write goes on that had to wait for the container's pong */
    CreditSink(Session session, Executor pings, ScheduledExecutorService work) {
        super(session, pings);
        this.link = LibertyLink.of(session);
        this.work = work;
    }

    @Override
    public void write(Frame frame, Completion done) {
        write(frame, done, SOON);
    }

    private void write(Frame frame, Completion done, long patience) {
        if (link.isPonging()) {
            try {
                work.schedule(() -> write(frame, done, Math.min(LATER, 2 * patience)), patience, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                done.done(e); // the server stops
            }
        } else if (frame == Frame.PING) {
            signOfLife(done);
        } else {
            send(frame, done);
        }
    }

    private void send(Frame frame, Completion done) {
        long bytes = Math.max(LEAST, frame.bytes() + HEADER);
        boolean small = sent - read + bytes + PING <= CREDIT;
        sent += bytes;
        if (small) {
            writeNow(frame, done);
        } else {
            session().getAsyncRemote().sendText(frame.text(), result -> {
                if (result.isOK() && wantsPing()) {
                    super.ping(mark(), done); // the buffers may be full, so not on this thread
                } else {
                    done.done(result.getException());
                }
            });
        }
    }

    private void writeNow(Frame frame, Completion done) {
        try {
            session().getBasicRemote().sendText(frame.text());
            if (wantsPing()) {
                // Not the basic remote's: on a socket that the client has just closed, that one waits for ever.
                session().getAsyncRemote().sendPing(ByteBuffer.wrap(mark()));
            }
            done.done(null);
        } catch (IOException | RuntimeException e) {
            done.done(e);
        }
    }

    /** A reader that owes us a pong for long is asked no more: if it does not answer that, it answers nothing. */
    private void signOfLife(Completion done) {
        if (outstanding.get() == 0) {
            super.ping(mark(), done);
        } else {
            done.done(null);
        }
    }

    private boolean wantsPing() {
        return sent - read >= CREDIT / 2 && outstanding.get() == 0;
    }

    /** A new ping's payload. Nobody can guess it: a pong that was not asked for could pretend that all was read. */
    private byte[] mark() {
        long mark = RANDOM.nextLong() | 1; // never 0
        marked = sent;
        outstanding.set(mark);
        return ByteBuffer.allocate(Long.BYTES).putLong(mark).array();
    }

    @Override
    void pong(ByteBuffer payload) {
        long mark = payload.remaining() == Long.BYTES ? payload.getLong(payload.position()) : 0;
        // Read before it is given free for the next ping.
        long before = marked;
        if (mark != 0 && outstanding.compareAndSet(mark, 0)) {
            read = before;
        }
    }
}
