package dev.roomcast.operation;

import dev.roomcast.connection.Connections;
import dev.roomcast.member.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready to let people in: not as long as nobody can be known here, and not any more when the server stops. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

    private final Identity identity;
    private final Connections connections;

    protected Ready() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Ready(Identity identity, Connections connections) {
        this.identity = identity;
        this.connections = connections;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("roomcast")
                .withData("identity", identity.name())
                .withData("draining", connections.isDraining())
                .status(identity.isReady() && !connections.isDraining())
                .build();
    }
}
