package dev.roomcast.connection;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to a WebSocket on Open Liberty, where an asynchronous send of one small frame costs twice the CPU of a blocking
 * one, and a blocking one waits for ever on a reader that does not read. So small frames go the blocking way as long as
 * little is on its way to the reader: so little that the kernel's buffers surely take it, and nothing can block. What is on
 * its way is known from pings: a pong says that everything before its ping was read. All else goes the asynchronous way.
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

    private long sent;
    private final AtomicLong outstanding = new AtomicLong();
    private volatile long read;

    CreditSink(Session session, Executor pings) {
        super(session, pings);
    }

    @Override
    public void write(Frame frame, Completion done) {
        if (frame == Frame.PING) {
            signOfLife(done);
            return;
        }
        long bytes = Math.max(LEAST, frame.bytes() + HEADER);
        if (sent - read + bytes + PING <= CREDIT) {
            sent += bytes;
            writeNow(frame, done);
        } else {
            sent += bytes;
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
                session().getBasicRemote().sendPing(ByteBuffer.wrap(mark()));
            }
            done.done(null);
        } catch (IOException | RuntimeException e) {
            done.done(e);
        }
    }

    /** A reader that owes us a pong for long is asked no more: if it does not answer that, it answers nothing. */
    private void signOfLife(Completion done) {
        if (outstanding.compareAndSet(0, sent + 1)) {
            super.ping(payload(sent + 1), done);
        } else {
            done.done(null);
        }
    }

    private boolean wantsPing() {
        return sent - read >= CREDIT / 2 && outstanding.get() == 0;
    }

    /** A new ping's payload: the bytes sent before it, plus one, so that it is never 0. */
    private byte[] mark() {
        long mark = sent + 1;
        outstanding.set(mark);
        return payload(mark);
    }

    private static byte[] payload(long mark) {
        return ByteBuffer.allocate(Long.BYTES).putLong(mark).array();
    }

    @Override
    void pong(ByteBuffer payload) {
        long mark = payload.remaining() == Long.BYTES ? payload.getLong(payload.position()) : 0;
        // Only the value that is awaited counts: a pong that nobody asked for could pretend that all was read.
        if (mark != 0 && outstanding.compareAndSet(mark, 0)) {
            read = mark - 1;
        }
    }
}
