package dev.roomcast.model;

import java.time.Duration;

/**
 * How long to wait before each further attempt at one answer. The standard's delay between two attempts is always the same; this
 * makes it double each time, jitter included, and keeps to what the provider said of it, as long as that ends before the time
 * to the first piece does. Confined to one thread; times are of {@link System#nanoTime()}.
 */
final class Backoff {

    private final long until;
    private int attempts;
    private long failedAt;
    private ModelFailed failure;

    /** @param until when the first piece must be here */
    Backoff(long until) {
        this.until = until;
    }

    long until() {
        return until;
    }

    /**
     * An attempt is about to be made.
     *
     * @return how long to wait before it, in nanoseconds
     * @throws ModelFailed the last failure, if there is no time left for waiting
     */
    long next(long now) throws ModelFailed {
        if (attempts++ == 0) {
            return 0;
        }
        long waited = now - failedAt; // as the standard's delay is
        long wanted = waited << Math.min(attempts - 2, 16);
        Duration asked = failure.retryAfter();
        if (asked != null) {
            wanted = Math.max(wanted, asked.toNanos());
        }
        if (failedAt + wanted - until >= 0) {
            throw failure.forGood();
        }
        return wanted - waited;
    }

    /** An attempt failed. @return what to throw: not worth another attempt if the provider wants none in time */
    ModelFailed failed(ModelFailed why, long now) {
        failedAt = now;
        failure = why;
        Duration asked = why.retryAfter();
        return asked != null && now + asked.toNanos() - until >= 0 ? why.forGood() : why;
    }
}
