package dev.roomcast.connection;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Writes to a WebSocket through its asynchronous remote, which no reader can block.
 *
 * <p>A ping is another matter: containers write it on the calling thread, which waits if the reader's window is closed, on
 * Open Liberty for ever. So it is written by a pool of its own; if that is full of stuck ones, it is left out.
 */
class SocketSink implements Sink {

    private static final System.Logger LOG = System.getLogger(SocketSink.class.getName());

    private final Session session;
    private final Executor pings;

    /** @param pings where a ping is written; may block, and may reject */
    SocketSink(Session session, Executor pings) {
        this.session = session;
        this.pings = pings;
    }

    @Override
    public void write(Frame frame, Completion done) {
        if (frame == Frame.PING) {
            ping(done);
        } else {
            send(frame.text(), result -> done.done(result.getException()));
        }
    }

    /** @param told how it ended, on whatever thread */
    void send(String text, SendHandler told) {
        session.getAsyncRemote().sendText(text, told);
    }

    private void ping(Completion done) {
        try {
            pings.execute(() -> {
                try {
                    session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
                    done.done(null);
                } catch (IOException | RuntimeException e) {
                    done.done(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.done(null);
        }
    }

    @Override
    public void close(Closing why) {
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(why.code()), why.reason()));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "The socket was gone already", e);
        }
    }
}
