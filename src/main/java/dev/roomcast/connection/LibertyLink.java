package dev.roomcast.connection;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What Open Liberty does with one socket. No API tells or changes that, so this reaches into the container's own state, by
 * reflection; where it cannot, it says so once, and all works as on any other server, only slower. Thread-safe; does not block.
 */
final class LibertyLink {

    private static final System.Logger LOG = System.getLogger(LibertyLink.class.getName());
    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

    private static final String PONGING = "WRITING_PONG";

    /** The way there, for as long as sockets are of the same class, as they are: finding it costs a good part of a handshake. */
    private static volatile Way known;

    private final Object link;
    private final Field status;

    private LibertyLink(Object link, Field status) {
        this.link = link;
        this.status = status;
    }

    /** The link of a socket that has just been opened, and was not written to yet. From now on it is written to by a {@link LibertyWriter}. */
    static LibertyLink of(Session session) {
        try {
            Way way = known;
            if (way == null || way.session != session.getClass()) {
                way = Way.from(session);
                known = way;
            }
            Object link = way.link.get(way.implementation.invoke(session));
            Object write = way.write.get(link);
            way.context.set(write, way.writers.around(way.context.get(write), LibertyWriter.PATIENCE));
            return new LibertyLink(link, way.status);
        } catch (ReflectiveOperationException | RuntimeException e) {
            complain(e);
            return new LibertyLink(null, null);
        }
    }

    /** From a socket to what it is written by. */
    private record Way(
            Class<?> session,
            Method implementation,
            Field link,
            Field write,
            Field context,
            Field status,
            LibertyWriter.Kind writers) {

        static Way from(Session session) throws ReflectiveOperationException {
            Method implementation = session.getClass().getMethod("getSessionImpl");
            Object inside = implementation.invoke(session);
            Field link = field(inside.getClass(), "connLink");
            Object connection = link.get(inside);
            Field write = field(connection.getClass(), "linkWrite");
            Field context = field(write.get(connection).getClass(), "tcpWriteContext");
            Field status = connection.getClass().getField("writeLinkStatus");
            return new Way(
                    session.getClass(),
                    implementation,
                    link,
                    write,
                    context,
                    status,
                    LibertyWriter.Kind.of(context.getType()));
        }

        private static Field field(Class<?> type, String name) throws NoSuchFieldException {
            for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
                for (Field field : declaring.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field;
                    }
                }
            }
            throw new NoSuchFieldException(type.getName() + "." + name);
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
            LOG.log(
                    Level.WARNING,
                    "This server is not known: tokens cost more, and clients that send pings may hold up its threads",
                    e);
        }
    }
}
