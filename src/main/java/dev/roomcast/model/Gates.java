package dev.roomcast.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * A gate for each model. MicroProfile Fault Tolerance keeps the state of a circuit breaker and of a bulkhead by the class of the bean, so
 * that each needs a class of its own; what the annotations say they inherit.
 */
@ApplicationScoped
class Gates {

    /** As many models may be configured. */
    static final int MOST = 8;

    private final List<ProviderGate> gates;

    /** For the container's proxy. */
    protected Gates() {
        gates = List.of();
    }

    @Inject
    Gates(
            First first,
            Second second,
            Third third,
            Fourth fourth,
            Fifth fifth,
            Sixth sixth,
            Seventh seventh,
            Eighth eighth) {
        gates = List.of(first, second, third, fourth, fifth, sixth, seventh, eighth);
    }

    /** @param place of the model in the configuration, from 0 */
    ProviderGate of(int place) {
        return gates.get(place);
    }

    @ApplicationScoped
    static class First extends ProviderGate {}

    @ApplicationScoped
    static class Second extends ProviderGate {}

    @ApplicationScoped
    static class Third extends ProviderGate {}

    @ApplicationScoped
    static class Fourth extends ProviderGate {}

    @ApplicationScoped
    static class Fifth extends ProviderGate {}

    @ApplicationScoped
    static class Sixth extends ProviderGate {}

    @ApplicationScoped
    static class Seventh extends ProviderGate {}

    @ApplicationScoped
    static class Eighth extends ProviderGate {}
}
