package dev.roomcast.operation;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.connection.Departure;
import dev.roomcast.member.OtherNodes;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops in order: this server is not ready any more, nobody new is let in, those who are here hear of it, answers under way may
 * end, and everybody is told to come back: where there are other nodes, to these, while the answers go on; else once they have ended.
 *
 * <p>Begins when the process is told to end, before the server hears of it ({@link Signals}), or, where that cannot be, with the
 * process's end: servers tell an application much later, and Open Liberty has closed its doors and WebSockets by then. Where a load
 * balancer shall know before, it begins with a file.
 */
@ApplicationScoped
public class Drain {

    private static final System.Logger LOG = System.getLogger(Drain.class.getName());

    /** For the last words of answers that are interrupted, and for those to clients. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Departure departure;
    private final Assistant assistant;
    private final OtherNodes others;
    private final Threads threads;
    private final Settings settings;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private Thread hook;
    private Signals signals;

    protected Drain() {
        this.departure = null; // for the container's proxy
        this.assistant = null;
        this.others = null;
        this.threads = null;
        this.settings = null;
    }

    @Inject
    public Drain(
            Departure departure,
            Assistant assistant,
            OtherNodes others,
            Threads threads,
            @ConfigProperty(name = "roomcast.drain.answers") Duration answers,
            @ConfigProperty(name = "roomcast.drain.notice") Duration notice,
            @ConfigProperty(name = "roomcast.drain.spread") Duration spread,
            @ConfigProperty(name = "roomcast.drain.file") Optional<String> file) {
        if (spread.isNegative()) {
            throw new IllegalArgumentException("roomcast.drain.spread must be PT0S or more.");
        }
        this.departure = departure;
        this.assistant = assistant;
        this.others = others;
        this.threads = threads;
        this.settings = new Settings(answers, notice, spread, file.map(Path::of));
    }

    /** From now on the end of the process is an orderly one. */
    void arm() {
        signals = signals();
        hook = new Thread(this::stop, "roomcast-drain");
        Runtime.getRuntime().addShutdownHook(hook);
        settings.file()
                .ifPresent(file -> threads.timer().scheduleWithFixedDelay(() -> look(file), 1, 1, TimeUnit.SECONDS));
    }

    private Signals signals() {
        try {
            return Signals.hold(this::stop);
        } catch (LinkageError e) {
            // A server that keeps from applications what is of no standard: then the class itself cannot be used.
            LOG.log(Level.DEBUG, "Signals cannot be had here", e);
            return null;
        }
    }

    private void look(Path file) {
        if (Files.exists(file) && begun.compareAndSet(false, true)) {
            LOG.log(Level.INFO, "Told to drain: not ready any more, and closed to newcomers in {0}", settings.notice());
            departure.announce();
            // Until it is known everywhere, people still come here.
            threads.timer()
                    .schedule(
                            () -> threads.closing().execute(this::run),
                            settings.notice().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void stop() {
        if (stopping.compareAndSet(false, true)) {
            departure.announce();
            run();
        }
    }

    private void run() {
        LOG.log(Level.INFO, "Draining: answers under way have {0} to end", settings.answers());
        departure.closeDoors();
        assistant.drain();
        try {
            CompletionStage<Void> gone =
                    others.any() ? departure.sendAway(settings.spread()) : CompletableFuture.completedStage(null);
            assistant.awaitIdle(settings.answers());
            assistant.interruptAll();
            assistant.awaitIdle(FAREWELL);
            gone.toCompletableFuture().get(settings.spread().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then without waiting
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Not everybody was told in time", e);
        }
        sayFarewell();
        LOG.log(Level.INFO, "Drained");
    }

    /** Waits, since the process may end as soon as this has returned. */
    private void sayFarewell() {
        try {
            departure.leave().toCompletableFuture().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Not everybody was told", e);
        }
    }

    /** The application ends, with or without the process. */
    @PreDestroy
    void disarm() {
        if (signals != null) {
            signals.close();
        }
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The process is ending already", e);
        }
    }

    /**
     * @param answers for so long they may go on
     * @param notice for so long people may still come in after this server said that it is not ready
     * @param spread within this time people are sent to other nodes
     * @param file begins it by being there
     */
    private record Settings(Duration answers, Duration notice, Duration spread, Optional<Path> file) {}
}
