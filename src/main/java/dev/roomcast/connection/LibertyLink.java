package dev.roomcast.connection;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What Open Liberty is doing with a socket right now. No API tells, so this looks at the container's own state, by
 * reflection; where it cannot, it says so once, and takes it that the socket is free. Thread-safe; does not block.
 */
final class LibertyLink {

    private static final System.Logger LOG = System.getLogger(LibertyLink.class.getName());
    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

    private static final String PONGING = "WRITING_PONG";

    private final Object link;
    private final Field status;

    private LibertyLink(Object link, Field status) {
        this.link = link;
        this.status = status;
    }

    static LibertyLink of(Session session) {
        try {
            Object implementation =
                    session.getClass().getMethod("getSessionImpl").invoke(session);
            Field connection = implementation.getClass().getDeclaredField("connLink");
            connection.setAccessible(true);
            Object link = connection.get(implementation);
            return new LibertyLink(link, link.getClass().getField("writeLinkStatus"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            complain(e);
            return new LibertyLink(null, null);
        }
    }

    /** Whether the container is answering a ping of the client, by a write that waits for the client to read. */
    boolean isPonging() {
        try {
            return status != null && ((Enum<?>) status.get(link)).name().equals(PONGING);
        } catch (IllegalAccessException | RuntimeException e) {
            complain(e);
            return false;
        }
    }

    private static void complain(Exception e) {
        if (!COMPLAINED.getAndSet(true)) {
            LOG.log(Level.WARNING, "This server is not known; clients that send pings may hold up its threads", e);
        }
    }
}
