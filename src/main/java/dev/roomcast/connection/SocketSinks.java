package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.concurrent.Executor;

/** Makes the sinks of WebSockets, and keeps the threads that ping. */
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
        return new SocketSink(session, pings);
    }
}
