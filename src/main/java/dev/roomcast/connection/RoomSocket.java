package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/**
 * Rooms over WebSocket: one JSON object in each text message. Who is not let in never gets here ({@link UpgradeFilter}).
 *
 * <p>One instance for each session; {@code @Dependent}, since Open Liberty injects nothing into an endpoint without a scope.
 */
@Dependent
@ServerEndpoint("/ws")
public class RoomSocket {

    /** Bytes of a command; a larger one closes the socket with 1009 (RFC 6455, section 7.4.1). */
    static final int MAX_FRAME = 128 * 1024;

    @Inject
    private Connections connections;

    @Inject
    private SocketSinks sinks;

    private SocketSink sink;
    private Connection connection;

    @OnOpen
    public void open(Session session) {
        // Our own heartbeat decides: a container's idle timeout would also end readers of quiet rooms.
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(MAX_FRAME);
        session.setMaxBinaryMessageBufferSize(MAX_FRAME);
        sink = sinks.of(session);
        connection = connections.open((Member) session.getUserPrincipal(), sink);
    }

    @OnMessage(maxMessageSize = MAX_FRAME)
    public void text(String frame) {
        connection.receive(frame);
    }

    @OnMessage(maxMessageSize = MAX_FRAME)
    public void binary(ByteBuffer ignored) {
        connection.refuse(new Refused(Code.BINARY_FRAME, "Frames are text here."));
    }

    @OnMessage
    public void pong(PongMessage pong) {
        sink.pong(pong.getApplicationData());
        connection.heard();
    }

    @OnClose
    public void closed() {
        if (connection != null) {
            connection.close(Closing.LOST);
        }
    }

    /** A client that vanishes, or breaks the protocol, is not our error: the container closes, and says how. */
    @OnError
    public void failed(Session session, Throwable cause) {
        if (connection == null) {
            System.getLogger(RoomSocket.class.getName())
                    .log(System.Logger.Level.ERROR, "A socket could not be opened", cause);
        }
    }
}
