package dev.roomcast.operation;

import dev.roomcast.connection.Connections;
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
    private final Connections connections;
    private final RoomRules rules;

    protected Ready() {
        this(null, null, null); // for the container's proxy
    }

    @Inject
    public Ready(Identity identity, Connections connections, RoomRules rules) {
        this.identity = identity;
        this.connections = connections;
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("roomcast")
                .withData("identity", identity.name())
                .withData("draining", connections.isDraining())
                .status(identity.isReady() && rules.isReady() && !connections.isDraining())
                .build();
    }
}
