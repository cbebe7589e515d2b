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
        this.ping = 0; // for the container's proxy
        this.silent = 0;
        this.stalled = 0;
    }

    /** @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the setting */
    @Inject
    public Heartbeat(
            @ConfigProperty(name = "roomcast.heartbeat.ping") Duration ping,
            @ConfigProperty(name = "roomcast.heartbeat.silent") Duration silent,
            @ConfigProperty(name = "roomcast.heartbeat.stalled") Duration stalled) {
        // Between the two there must be a look, or who was not asked yet is given up.
        if (silent.minus(ping).compareTo(Connections.LOOK) <= 0) {
            throw new IllegalArgumentException("roomcast.heartbeat.silent must be more than " + Connections.LOOK
                    + " longer than roomcast.heartbeat.ping.");
        }
        if (stalled.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("roomcast.heartbeat.stalled must be more than PT0S.");
        }
        this.ping = ping.toNanos();
        this.silent = silent.toNanos();
        this.stalled = stalled.toNanos();
    }

    /** Without an inbound byte for so long, a client is asked for a sign of life. */
    public long ping() {
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
