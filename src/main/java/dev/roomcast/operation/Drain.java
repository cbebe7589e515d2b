package dev.roomcast.operation;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.connection.Connections;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops in order: nobody new is let in, those who are here hear of it, answers under way may end, and then everybody is told
 * to come back.
 *
 * <p>Begins with the process's own end, since servers tell an application of it only when they have waited for its open
 * connections, Open Liberty for 30 s.
 */
@ApplicationScoped
public class Drain {

    private static final System.Logger LOG = System.getLogger(Drain.class.getName());

    /** For the last words of answers that are interrupted. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Connections connections;
    private final Assistant assistant;
    private final Duration patience;
    private Thread hook;

    protected Drain() {
        this(null, null, Duration.ZERO); // for the container's proxy
    }

    @Inject
    public Drain(
            Connections connections,
            Assistant assistant,
            @ConfigProperty(name = "roomcast.drain.answers") Duration patience) {
        this.connections = connections;
        this.assistant = assistant;
        this.patience = patience;
    }

    /** From now on the end of the process is an orderly one. */
    void arm() {
        hook = new Thread(this::run, "roomcast-drain");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void run() {
        LOG.log(Level.INFO, "Draining: answers under way have {0} to end", patience);
        connections.drain();
        assistant.drain();
        try {
            assistant.awaitIdle(patience);
            assistant.interruptAll();
            assistant.awaitIdle(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then without waiting
        }
        connections.goAway();
    }

    /** The application ends, with or without the process. */
    @PreDestroy
    void disarm() {
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The process is ending already", e);
        }
    }
}
