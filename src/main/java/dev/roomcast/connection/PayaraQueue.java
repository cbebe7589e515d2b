package dev.roomcast.connection;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps Payara from buffering for a reader. What is written there goes into a queue of the connection, up to four times
 * the socket's send buffer (10 MB over loopback), and is said to be done at once, so that no feed would see that its reader
 * is behind. With a queue of one byte a write begins when the kernel has taken the last one: of a WebSocket without a
 * thread, of SSE on one of {@link EventStreamWriters}.
 *
 * <p>The server has no setting for it, and no API reaches it; so this asks Payara's own request for the connection. Does
 * nothing on other servers, and to requests that soon have an answer. Thread-safe; a listener, since it sees the request
 * before anybody has wrapped it.
 */
@WebListener
public class PayaraQueue implements ServletRequestListener {

    /** Bytes. Not 0: those who wait for less than that would never be told. */
    private static final int MAX_QUEUED = 1;

    private static final System.Logger LOG = System.getLogger(PayaraQueue.class.getName());

    private final AtomicBoolean complained = new AtomicBoolean();

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request
                && isPayaras(request)
                && staysOpen(request)) {
            try {
                Object payaras = ask(request, "getUnwrappedCoyoteRequest");
                limit(ask(ask(ask(payaras, "getCoyoteRequest"), "getContext"), "getConnection"));
            } catch (ReflectiveOperationException | RuntimeException e) {
                if (!complained.getAndSet(true)) {
                    LOG.log(Level.WARNING, "This server is not known, and buffers for readers that stall", e);
                }
            }
        }
    }

    private static void limit(Object connection) throws ReflectiveOperationException {
        connection.getClass().getMethod("setMaxAsyncWriteQueueSize", int.class).invoke(connection, MAX_QUEUED);
    }

    /** Over HTTP/2 many requests share a connection, and each has a window of its own. */
    private static boolean staysOpen(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return "HTTP/1.1".equals(request.getProtocol())
                && (request.getHeader("Upgrade") != null || accept != null && accept.contains("text/event-stream"));
    }

    private static boolean isPayaras(HttpServletRequest request) {
        return request.getClass().getName().startsWith("org.apache.catalina.");
    }

    private static Object ask(Object whom, String what) throws ReflectiveOperationException {
        return whom.getClass().getMethod(what).invoke(whom);
    }
}
