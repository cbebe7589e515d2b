package dev.roomcast.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
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
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final String REST = "CircuitBreaker/delay";

    private volatile long failedAt; // of System.nanoTime(), for the breaker that opens by it
    private volatile boolean unwell; // when somebody last waited for the end of an attempt

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
            String first = attempt.make();
            unwell = false;
            return first;
        } catch (ModelFailed.Unwell e) {
            unwell = true;
            failedAt = System.nanoTime();
            throw e;
        } catch (ModelFailed e) {
            if (unwell && e.code().equals(Fault.STOPPED.code())) {
                // Who did not wait for its end proves nothing, and a breaker knows successes and failures only. Taken
                // for
                // the first, it would close again, and everybody after them wait for a provider that is silent.
                failedAt = System.nanoTime();
                throw new ModelFailed.Unwell(e.code(), e.getMessage(), null, e);
            }
            throw e;
        }
    }

    /** How long the circuit breaker will stay open, if it is. */
    Duration rest() {
        var config = ConfigProvider.getConfig();
        return rest(key -> config.getOptionalValue(key, String.class), Duration.ofNanos(System.nanoTime() - failedAt));
    }

    /**
     * The same, of a breaker that has rested for a while. Never nothing: one that is trying out whether the provider is well again refuses
     * all others, who would come back at once.
     */
    static Duration rest(Function<String, Optional<String>> config, Duration rested) {
        long delay = setting(config, REST).map(Long::valueOf).orElse(REST_MS);
        ChronoUnit unit =
                setting(config, REST + "Unit").map(ChronoUnit::valueOf).orElse(ChronoUnit.MILLIS);
        Duration left = Duration.of(delay, unit).minus(rested);
        return left.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : left;
    }

    private static Optional<String> setting(Function<String, Optional<String>> config, String name) {
        return config.apply(ProviderGate.class.getName() + "/open/" + name)
                .or(() -> config.apply(name))
                .map(String::strip);
    }
}
