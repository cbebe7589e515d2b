package dev.roomcast.model;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * A JAX-RS client and the one call that is made with it at a time.
 *
 * <p>In RESTEasy nothing less than closing the client ends a call at once, because closing the response first reads it to
 * its end; so the client belongs to this upstream alone, which may make another call when this one was read to its end.
 *
 * <p>{@link #cut()} may be called by any thread at any time, everything else by one thread at a time.
 */
final class Upstream {

    /** The property of a request that holds its {@link Cutter}. */
    static final String CUTTER = Cutter.class.getName();

    private final Client client;
    private final boolean shared;
    private volatile Cutter cutter = new Cutter();
    private volatile Response response; // written by the asking thread, also read by the cutting one
    private volatile boolean cut;
    private boolean kept;
    private URI targeted; // what the target was made for
    private WebTarget target;

    private Upstream(Client client, boolean shared) {
        this.client = client;
        this.shared = shared;
    }

    /** With a client of its own, which ends with it. */
    static Upstream with(Client own) {
        return new Upstream(own, false);
    }

    /** On a client of many, whose calls can be ended by a {@link Cutter}. */
    static Upstream on(Client shared) {
        return new Upstream(shared, true);
    }

    /**
     * Asks, and blocks until the headers of the answer are here, or all of a refusal.
     *
     * @return the body, an event stream
     * @throws ModelFailed as the provider's reply, or the lack of one, demands
     */
    InputStream ask(URI endpoint, Map<String, String> headers, byte[] question) throws ModelFailed {
        try {
            Invocation.Builder request = target(endpoint).request(MediaType.SERVER_SENT_EVENTS_TYPE);
            request.property(CUTTER, cutter);
            headers.forEach(request::header);
            Response reply = request.post(Entity.entity(question, MediaType.APPLICATION_JSON_TYPE));
            response = reply;
            if (cut) {
                cut(); // it may have come too early to see the response
            }
            check(reply);
            return reply.readEntity(InputStream.class);
        } catch (RuntimeException e) {
            throw (timedOut(e) ? Fault.STALLED : Fault.UNREACHABLE).failure(e);
        }
    }

    /** Taking a URL to pieces costs a good part of a call, and it is the same one each time. */
    private WebTarget target(URI endpoint) {
        if (!endpoint.equals(targeted)) {
            target = client.target(endpoint);
            targeted = endpoint;
        }
        return target;
    }

    private static void check(Response reply) throws ModelFailed {
        if (reply.getStatus() != 200) {
            String retryAfter = reply.getHeaderString(HttpHeaders.RETRY_AFTER);
            throw fault(reply).failure(RetryAfter.parse(retryAfter, Clock.systemUTC()), null);
        }
        String type = String.valueOf(reply.getHeaderString(HttpHeaders.CONTENT_TYPE));
        if (!type.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.SERVER_SENT_EVENTS)) {
            throw Fault.GARBLED.failure();
        }
    }

    private static Fault fault(Response reply) {
        return reply.getStatus() == 400 ? Refusal.of(reply) : Fault.ofStatus(reply.getStatus());
    }

    /** A connect timeout is none: then there is nobody who could be slow. */
    private static boolean timedOut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                String message = String.valueOf(cause.getMessage());
                return !message.regionMatches(true, 0, "connect", 0, 7);
            }
        }
        return false;
    }

    /** The answer was read to its end: lets go of it, so that the client can make another call. */
    void release() {
        response.close();
        response = null;
        cutter = new Cutter();
        kept = true;
    }

    /** Made a call before, and may have its connection still. */
    boolean isKept() {
        return kept;
    }

    /** Ends the call at once, also one whose headers are not here yet. Idempotent; of no use for another call. */
    void cut() {
        cut = true;
        quietly(shared ? cutter::cut : client::close);
        Response reply = response;
        if (reply != null) {
            quietly(reply::close);
        }
    }

    /** Each implementation complains in its own way when what it waits for is taken away. */
    private static void quietly(Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            // It is closed, which is all that was wanted.
        }
    }
}
