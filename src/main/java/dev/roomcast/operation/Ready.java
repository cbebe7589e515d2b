package dev.roomcast.operation;

import dev.roomcast.member.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready to let people in: not as long as nobody said how people are known here. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

    private final Identity identity;

    protected Ready() {
        this(null); // for the container's proxy
    }

    @Inject
    public Ready(Identity identity) {
        this.identity = identity;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("roomcast")
                .withData("identity", identity.name())
                .status(!identity.name().equals("none"))
                .build();
    }
}
