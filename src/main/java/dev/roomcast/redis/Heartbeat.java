package dev.roomcast.redis;

import dev.roomcast.concurrent.Threads;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisReadOnlyException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens the connections and asks time and again whether Redis takes what is written. The client opens one again that it knows to be broken; one that leads
 * nowhere without a word, or to what was a master, is replaced here. Thread-safe; no method blocks.
 */
final class Heartbeat {

    /** One for all that is told about Redis. */
    private static final System.Logger LOG = System.getLogger(Redis.class.getName());

    /** After so many questions in a row that led nowhere. A Redis that is busy for a moment keeps its connections. */
    private static final int SILENCES = 3;

    private final AbstractRedisClient client;
    private final RedisAddress address;
    private final Channels channels;
    private final Pace pace;
    private final Threads threads;
    private final Consumer<Throwable> told;
    private volatile Link link;
    private volatile int silent;
    private volatile CompletionStage<?> replacing = CompletableFuture.completedStage(null);
    private volatile boolean closed;
    private volatile String complaint;

    /** @param told after each question, why nothing was written; {@code null} if it was */
    Heartbeat(
            AbstractRedisClient client,
            RedisAddress address,
            Channels channels,
            Pace pace,
            Threads threads,
            Consumer<Throwable> told) {
        this.client = client;
        this.address = address;
        this.channels = channels;
        this.pace = pace;
        this.threads = threads;
        this.told = told;
    }

    /** What is open; {@code null} if nothing has ever been. */
    Link link() {
        return link;
    }

    /** Tries until Redis is there for the first time. */
    void begin() {
        Link.open(client, address).whenComplete((opened, failure) -> {
            if (failure == null) {
                take(opened);
                beat();
            } else {
                complain(failure);
                later(this::begin);
            }
        });
    }

    private void beat() {
        Link asked = link;
        ask(asked).whenComplete((answer, failure) -> {
            try {
                heard(asked, failure);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Something broke that watches Redis", e);
            } finally {
                later(this::beat);
            }
        });
    }

    private static CompletionStage<?> ask(Link asked) {
        try {
            return asked.ping().get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e); // whatever it is: it has to be asked again
        }
    }

    private void heard(Link asked, Throwable failure) {
        Throwable why = failure == null ? null : last(failure);
        silent = leadsNowhere(asked, why) ? silent + 1 : 0;
        told.accept(failure);
        if (isAnswer(why)) {
            channels.tend(() -> Link.listening(client, address));
        }
        if (silent >= SILENCES) {
            replace();
        }
    }

    /**
     * A demoted master keeps its connections, while its name may lead to the new one already. What was never answered piles up in the client, until it
     * refuses at once to ask more: as long as the connection is open, any failure but an answer is silence. One that is closed it opens again.
     */
    private static boolean leadsNowhere(Link asked, Throwable why) {
        return why instanceof RedisCommandTimeoutException
                || why instanceof RedisReadOnlyException
                || !isAnswer(why) && asked.isOpen();
    }

    /** If only to refuse. */
    private static boolean isAnswer(Throwable why) {
        return why == null || why instanceof RedisCommandExecutionException;
    }

    /** One attempt at a time; the name, or a Sentinel, is asked anew for the master. What waits for an answer on the old one has failed. */
    private void replace() {
        if (replacing.toCompletableFuture().isDone()) {
            replacing = Link.open(client, address).thenCompose(this::better).whenComplete((opened, failure) -> {
                if (failure == null) {
                    take(opened);
                } else {
                    complain(failure);
                }
            });
        }
    }

    /** Not another way to the same end: all who listen would read everything again for nothing, time after time. */
    private CompletionStage<Link> better(Link opened) {
        return ask(opened).handle((answer, failure) -> {
            if (failure != null && leadsNowhere(opened, last(failure))) {
                opened.close();
                throw new CompletionException(failure);
            }
            return opened;
        });
    }

    private void take(Link opened) {
        Link before = link;
        if (closed || before != null && silent < SILENCES) {
            opened.close(); // the old one leads somewhere after all
            return;
        }
        silent = 0;
        link = opened;
        channels.listen(opened.listening());
        if (before != null) {
            LOG.log(
                    Level.WARNING,
                    "Redis did not answer, or was no master any more, on the connection for scripts; another was opened");
            before.close();
        }
    }

    /** Once for each reason: it is tried time and again. */
    private void complain(Throwable failure) {
        String reason = reason(failure);
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.log(Level.WARNING, "Redis cannot be reached: {0}", reason);
        }
    }

    private void later(Runnable task) {
        try {
            if (!closed) {
                threads.timer().schedule(task, pace.pulse().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server stops", e);
        }
    }

    /** For those who run it: what the network, TLS or Redis itself says at the bottom of it. None of these repeats a password. */
    static String reason(Throwable failure) {
        Throwable last = last(failure);
        return last.getClass().getSimpleName() + ": " + last.getMessage();
    }

    private static Throwable last(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last;
    }

    void close() {
        closed = true;
    }
}
