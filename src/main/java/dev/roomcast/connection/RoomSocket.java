package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Rooms over WebSocket: one JSON object in each text message. Who is not let in never gets here ({@link UpgradeFilter}).
 *
 * <p>One instance for each session, made by CDI ({@link RoomSockets}). Without WebSocket annotations, since Open Liberty limits the frames of an
 * annotated endpoint only if it takes whole messages (ADR 6). The server calls it on threads of its own, one message at a time.
 */
public class RoomSocket extends Endpoint {

    /** Bytes of a message; a larger one closes the socket with 1009 (RFC 6455, section 7.4.1). */
    static final int MAX_FRAME = 128 * 1024;

    private final Connections connections;
    private final SocketSinks sinks;
    private final Incoming incoming = new Incoming(MAX_FRAME);
    private Connection connection;

    @Inject
    RoomSocket(Connections connections, SocketSinks sinks) {
        this.connections = connections;
        this.sinks = sinks;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (!(session.getUserPrincipal() instanceof Member member)) {
            turnAway(session); // came by a way around the filter, of which nobody knows
            return;
        }
        // Our own heartbeat decides: a container's idle timeout would also end readers of quiet rooms.
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(MAX_FRAME);
        session.setMaxBinaryMessageBufferSize(MAX_FRAME);
        connection = connections.open(member, sinks.of(session));
        read(session);
    }

    private static void turnAway(Session session) {
        System.getLogger(RoomSocket.class.getName())
                .log(System.Logger.Level.ERROR, "A socket was opened by somebody who was not let in");
        try {
            session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "Come with a valid token or ticket."));
        } catch (IOException | IllegalStateException e) {
            // Gone already.
        }
    }

    /** Takes messages in parts and measures them itself, since no two servers limit whole ones in the same way (ADR 6). */
    private void read(Session session) {
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> connection.heard());
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) this::binary);
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::text);
    }

    private void text(String part, boolean last) {
        String frame = incoming.text(part, last);
        if (incoming.isTooLarge()) {
            connection.closeWhileReading(Closing.TOO_LARGE);
        } else if (frame != null) {
            connection.receive(frame);
        }
    }

    private void binary(ByteBuffer part, boolean last) {
        incoming.measure(part.remaining(), last);
        if (incoming.isTooLarge()) {
            connection.closeWhileReading(Closing.TOO_LARGE);
        } else if (last) {
            connection.refuse(new Refused(Code.BINARY_FRAME, "Frames are text here."));
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (connection != null) {
            connection.gone();
        }
    }

    /** A client that vanishes, or breaks the protocol, is not our error: the container closes, and says how. */
    @Override
    public void onError(Session session, Throwable cause) {
        if (connection == null) {
            System.getLogger(RoomSocket.class.getName())
                    .log(System.Logger.Level.ERROR, "A socket could not be opened", cause);
        }
    }
}
