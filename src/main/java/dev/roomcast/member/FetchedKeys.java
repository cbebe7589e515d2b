package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that an identity provider publishes. They are fetched ahead of time; a token that names a key which is not among
 * them has them fetched again, so that a provider may change its keys at any time, but not more often than once in
 * {@link #AGAIN}, whatever tokens people make up.
 *
 * <p>Thread-safe: {@code this} guards {@link #last} and {@link #begun}. Resolving a key that is known does not block; for any other
 * it waits for the provider, {@link #PATIENCE} at the most, and only so many threads do that at once.
 */
final class FetchedKeys implements PublicKeys {

    /** Between the beginnings of two fetches. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    /** Keys older than this are fetched again: what the provider has withdrawn must not live for ever. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** While the provider cannot be reached, its last keys are good for so long. */
    static final Duration GOOD = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int MAX_WAITING = 16;
    private static final System.Logger LOG = System.getLogger(FetchedKeys.class.getName());

    private final Source source;
    private final Executor fetching;
    private final LongSupplier nanoTime;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private CompletableFuture<KeySet> last;
    private long begun;
    private volatile Fetched current;

    /**
     * @param source where they are; may block for less than {@link #PATIENCE}
     * @param fetching runs that, one at a time
     */
    FetchedKeys(Source source, Executor fetching, LongSupplier nanoTime) {
        this.source = source;
        this.fetching = fetching;
        this.nanoTime = nanoTime;
    }

    /** Fetches them if it is time to. Does not block; to be called every now and then. */
    void maintain() {
        if (!isYoungerThan(FRESH)) {
            fetch();
        }
    }

    @Override
    public boolean isReady() {
        return isYoungerThan(GOOD);
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        if (isReady()) {
            try {
                return current.keys.resolveKey(signature, nesting);
            } catch (UnresolvableKeyException e) {
                // Not among them, perhaps since they have changed.
            }
        }
        return awaited(fetch()).resolveKey(signature, nesting);
    }

    private boolean isYoungerThan(Duration age) {
        Fetched now = current;
        return now != null && nanoTime.getAsLong() - now.at < age.toNanos();
    }

    /** The fetch under way, or the last one if it was only just begun, or a new one. */
    private synchronized CompletableFuture<KeySet> fetch() {
        long now = nanoTime.getAsLong();
        if (last == null || (last.isDone() && now - begun >= AGAIN.toNanos())) {
            boolean failing = last != null && last.isCompletedExceptionally();
            begun = now;
            last = CompletableFuture.supplyAsync(() -> read(now), fetching);
            last.whenComplete((keys, failure) -> tell(failing, failure));
        }
        return last;
    }

    private KeySet read(long now) {
        try {
            KeySet keys = KeySet.of(source.read());
            current = new Fetched(keys, now);
            return keys;
        } catch (IOException | JoseException e) {
            throw new CompletionException(e);
        }
    }

    private static void tell(boolean failing, Throwable failure) {
        if (failure != null && !failing) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            LOG.log(Level.WARNING, "The identity provider''s keys cannot be fetched: {0}", cause.toString());
        } else if (failure == null && failing) {
            LOG.log(Level.INFO, "The identity provider's keys can be fetched again");
        }
    }

    private KeySet awaited(CompletableFuture<KeySet> fetch) {
        // Done already, or one of few who wait: made-up tokens must not hold all threads while a provider is slow.
        boolean waits = !fetch.isDone();
        if (waits && !waiting.tryAcquire()) {
            throw unavailable();
        }
        try {
            return fetch.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            if (waits) {
                waiting.release();
            }
        }
    }

    private static Refused unavailable() {
        return new Refused(Refused.Code.UNAVAILABLE, "Tokens cannot be verified now.", AGAIN);
    }

    /** Where the keys are published. */
    interface Source {

        /** The text of the key set. */
        String read() throws IOException;
    }

    private record Fetched(KeySet keys, long at) {}
}
