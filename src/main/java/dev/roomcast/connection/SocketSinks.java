package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Chooses how a WebSocket is written to, by the container that it belongs to. */
@ApplicationScoped
public class SocketSinks {

    private static final int MAX_STUCK_PINGS = 64;

    private final Executor pings;
    private final ScheduledExecutorService work;

    protected SocketSinks() {
        this.pings = null; // for the container's proxy
        this.work = null;
    }

    @Inject
    public SocketSinks(Threads threads) {
        this.pings = threads.rejecting("roomcast-ping", MAX_STUCK_PINGS);
        this.work = threads.work();
    }

    SocketSink of(Session session) {
        return OpenLiberty.owns(session) ? new LibertySink(session, pings, work) : new SocketSink(session, pings);
    }
}
