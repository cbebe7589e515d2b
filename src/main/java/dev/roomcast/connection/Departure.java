package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.room.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How clients are sent away when this server is about to stop: announced first, then closed to newcomers, then told. Thread-safe. */
@ApplicationScoped
public class Departure {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Connections connections;
    private final Threads threads;
    private volatile boolean announced;
    private volatile boolean closed;
    private volatile boolean over;

    protected Departure() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Departure(Connections connections, Threads threads) {
        this.connections = connections;
        this.threads = threads;
    }

    /** Whoever asks whether this server is ready hears from now on that it is not, and lets people in elsewhere. */
    public void announce() {
        announced = true;
    }

    public boolean isAnnounced() {
        return announced;
    }

    /** Nobody new is let in any more, and those who are here are told that this server will stop. */
    public void closeDoors() {
        announced = true;
        closed = true;
        connections.tell(Frames.status("draining", "This server is about to stop. You will be connected again."));
    }

    /** Refuses ({@code unavailable}) whoever comes to stay, once the doors are closed. Not all are told to come back at the same time. */
    void checkOpen() {
        if (closed) {
            Duration soon = Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, SOON.toMillis()));
            throw new Refused(Refused.Code.UNAVAILABLE, "This server is about to stop.", soon);
        }
    }

    /**
     * Clients are told to come back, to whoever answers then: each at some moment within this time, so that they do not fall upon the
     * others all at once. Completes when all of them were told.
     */
    public CompletionStage<Void> sendAway(Duration within) {
        return CompletableFuture.allOf(connections.all().stream()
                .map(connection ->
                        sendAway(connection, ThreadLocalRandom.current().nextLong(within.toMillis() + 1)))
                .toArray(CompletableFuture[]::new));
    }

    /** Whoever is still here is told to come back now, and nobody comes any more, by a poll neither. Completes when all were told. */
    public CompletionStage<Void> leave() {
        over = true;
        return connections.goAway();
    }

    /** Refuses ({@code unavailable}) whoever comes once everybody was told to leave. */
    void checkNotOver() {
        if (over) {
            checkOpen();
        }
    }

    /** This one came at the last moment: it may have been too late to be told with the others. */
    void sendAwayIfOver(Connection connection) {
        if (over) {
            connection.close(Closing.GOING_AWAY);
        }
    }

    private CompletableFuture<Void> sendAway(Connection connection, long millis) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        threads.timer()
                .schedule(
                        () -> connection.close(Closing.GOING_AWAY).whenComplete((done, failure) -> told.complete(null)),
                        millis,
                        TimeUnit.MILLISECONDS);
        return told;
    }
}
