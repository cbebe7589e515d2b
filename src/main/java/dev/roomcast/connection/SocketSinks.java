package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.concurrent.Executor;

/** Chooses how a WebSocket is written to, by the container that it belongs to. */
@ApplicationScoped
public class SocketSinks {

    private static final int MAX_STUCK_PINGS = 64;

    private final Executor pings;

    protected SocketSinks() {
        this.pings = null; // for the container's proxy
    }

    @Inject
    public SocketSinks(Threads threads) {
        this.pings = threads.rejecting("roomcast-ping", MAX_STUCK_PINGS);
    }

    SocketSink of(Session session) {
        // Elsewhere the asynchronous remote is as cheap, and a blocking write is forbidden on the threads that complete
        // it.
        return OpenLiberty.owns(session) ? new CreditSink(session, pings) : new SocketSink(session, pings);
    }
}
