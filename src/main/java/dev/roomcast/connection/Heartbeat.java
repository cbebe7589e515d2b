package dev.roomcast.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** When a silent client is asked for a sign of life, and when it is given up. In nanoseconds. */
@ApplicationScoped
public class Heartbeat {

    /**
     * A write that keeps its caller's thread for so long is a fault of the server, and the connection is ended: that frees the
     * thread.
     */
    static final long BLOCKED = TimeUnit.SECONDS.toNanos(5);

    private final long ping;
    private final long silent;
    private final long stalled;

    protected Heartbeat() {
        this(Duration.ZERO, Duration.ZERO, Duration.ZERO); // for the container's proxy
    }

    @Inject
    public Heartbeat(
            @ConfigProperty(name = "roomcast.heartbeat.ping") Duration ping,
            @ConfigProperty(name = "roomcast.heartbeat.silent") Duration silent,
            @ConfigProperty(name = "roomcast.heartbeat.stalled") Duration stalled) {
        this.ping = ping.toNanos();
        this.silent = silent.toNanos();
        this.stalled = stalled.toNanos();
    }

    /** Without an inbound byte for so long, a client is asked for a sign of life. */
    long ping() {
        return ping;
    }

    /** Without an inbound byte and without a finished write for so long, it is given up. */
    long silent() {
        return silent;
    }

    /** With one write unfinished for so long, it is given up. */
    long stalled() {
        return stalled;
    }
}
