package dev.roomcast.model;

import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * The gate through which every answer of one model is begun: MicroProfile Fault Tolerance around the way up to the first piece.
 * {@link Gates} has one for each model.
 *
 * <p>After the first piece nothing is asked again here, as people have seen it. Each attempt ends by itself, by the watch and the
 * read timeout, since {@code @Timeout} does not end a blocked read. All values can be set, as
 * <code>dev.roomcast.model.ProviderGate/open/Retry/maxRetries</code> and so on.
 */
class ProviderGate {

    /** An attempt at an answer, up to its first piece. */
    interface Attempt {
        String make() throws ModelFailed;
    }

    private static final long REST_MS = 10_000;
    private static final String REST = "CircuitBreaker/delay";

    private volatile long failedAt; // of System.nanoTime(), for the breaker that opens by it

    /**
     * Begins an answer. Blocks until its first piece is here.
     *
     * @return the first piece
     */
    // The stream knows its deadline, so maxDuration only must not come first; 0 for no limit is refused by Payara.
    @Retry(maxRetries = 2, delay = 300, jitter = 150, maxDuration = 3_600_000, retryOn = ModelFailed.Passing.class)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.75,
            delay = REST_MS,
            failOn = ModelFailed.Unwell.class)
    @Bulkhead(2_000)
    String open(Attempt attempt) throws ModelFailed {
        try {
            return attempt.make();
        } catch (ModelFailed.Unwell e) {
            failedAt = System.nanoTime();
            throw e;
        }
    }

    /** How long the circuit breaker will stay open, if it is. */
    Duration rest() {
        var config = ConfigProvider.getConfig();
        long delay = config.getOptionalValue(ProviderGate.class.getName() + "/open/" + REST, Long.class)
                .or(() -> config.getOptionalValue(REST, Long.class))
                .orElse(REST_MS);
        Duration rested = Duration.ofNanos(System.nanoTime() - failedAt);
        Duration left = Duration.ofMillis(delay).minus(rested);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
