package dev.roomcast.connection;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * Writes to a WebSocket, always through its asynchronous remote: the basic one would block for ever on a reader that does
 * not read (seen on Open Liberty).
 */
final class SocketSink implements Sink {

    private static final System.Logger LOG = System.getLogger(SocketSink.class.getName());
    private static final byte[] NOTHING = new byte[0];

    private final Session session;

    SocketSink(Session session) {
        this.session = session;
    }

    @Override
    public void write(Frame frame, Completion done) {
        if (frame == Frame.PING) {
            ping(done);
        } else {
            session.getAsyncRemote().sendText(frame.text(), result -> done.done(result.getException()));
        }
    }

    private void ping(Completion done) {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.wrap(NOTHING));
            done.done(null);
        } catch (IOException | IllegalStateException e) {
            done.done(e);
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
