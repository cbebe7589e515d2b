package dev.roomcast.model;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * The gate through which every answer is begun: MicroProfile Fault Tolerance around the way up to the first piece.
 *
 * <p>After the first piece nothing is asked again, as people have seen it. Each attempt ends by itself, by the watch and the
 * read timeout, since {@code @Timeout} does not end a blocked read. All values can be set, as
 * <code>dev.roomcast.model.ProviderGate/open/Retry/maxRetries</code> and so on.
 */
@ApplicationScoped
class ProviderGate {

    static final long REST_MS = 10_000;

    /**
     * Begins an answer. Blocks until its first piece is here.
     *
     * @return the first piece, or {@code null} if the answer is empty
     */
    // The stream knows its deadline, so maxDuration only must not come first; 0 for no limit is refused by Payara.
    @Retry(maxRetries = 2, delay = 300, jitter = 150, maxDuration = 3_600_000, retryOn = ModelFailed.Passing.class)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.75,
            delay = REST_MS,
            failOn = ModelFailed.Unwell.class)
    @Bulkhead(2_000)
    String open(OpenAiStream stream) throws ModelFailed {
        return stream.attempt();
    }
}
