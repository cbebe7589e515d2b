package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counts, for each address, who tried in vain to come in; only failures, since a whole intranet may be one address. An address with too many
 * is refused for a while whatever it shows, so this is off unless it is set. Thread-safe.
 */
@ApplicationScoped
public class FailedAttempts {

    private final Buckets failures;

    protected FailedAttempts() {
        this(0, Counters.NONE); // for the container's proxy
    }

    @Inject
    public FailedAttempts(
            @ConfigProperty(name = "roomcast.limit.failed-handshakes-per-minute") int perMinute, Counters counters) {
        this.failures = counters.buckets("failures", perMinute, perMinute, Duration.ofMinutes(1));
    }

    /** Refuses an address from which too many have failed. */
    public void check(String address) {
        Duration wait = failures.waitFor(address);
        if (wait != null) {
            throw new Refused(Code.RATE_LIMITED, "Too many have tried in vain to come in from your address.", wait);
        }
    }

    /** Another one has. */
    public void failed(String address) {
        failures.take(address, 1);
    }
}
