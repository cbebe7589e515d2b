package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks Redis for whoever cannot go on without the answer, such as a door. Waits for a moment and no longer, lets only a few
 * wait at a time, and nobody once Redis is known to be away: so a Redis that hangs holds up some threads of the server for half a
 * second, and never all of them. Thread-safe.
 */
final class Asking {

    private static final System.Logger LOG = System.getLogger(Asking.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int WAITING = 32;

    private final Redis redis;
    private final Duration patience;
    private final Semaphore places = new Semaphore(WAITING);

    Asking(Redis redis) {
        this(redis, PATIENCE);
    }

    /** @param patience so long somebody waits for an answer */
    Asking(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** What the script returned; empty if that is not known. */
    Optional<List<Object>> ask(Script script, List<String> keys, String... arguments) {
        return await(() -> redis.run(script, keys, arguments));
    }

    /** The answer comes by a thread of the client: it must not wait for itself. */
    static boolean mayWait() {
        return !Threads.isForShortTasks() && !Thread.currentThread().getName().startsWith(Redis.THREADS);
    }

    /** Waits for what is under way, while Redis answers. */
    <T> Optional<T> await(Question<T> question) {
        if (!redis.isUp() || !mayWait() || !places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    question.ask().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Redis gave no answer in time", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    /** Asked only if there is a place to wait for its answer. */
    interface Question<T> {
        CompletionStage<T> ask();
    }
}
