package dev.roomcast.operation;

import dev.roomcast.connection.Departure;
import dev.roomcast.member.Identity;
import dev.roomcast.member.RoomRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready to let people in: not as long as nobody can be known here, or nothing of the rules of rooms, and not any more when the server stops. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

    private final Identity identity;
    private final Departure departure;
    private final RoomRules rules;

    protected Ready() {
        this(null, null, null); // for the container's proxy
    }

    @Inject
    public Ready(Identity identity, Departure departure, RoomRules rules) {
        this.identity = identity;
        this.departure = departure;
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("roomcast")
                .withData("identity", identity.name())
                .withData("draining", departure.isAnnounced())
                .status(identity.isReady() && rules.isReady() && !departure.isAnnounced())
                .build();
    }
}
