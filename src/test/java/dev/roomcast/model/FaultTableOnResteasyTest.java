package dev.roomcast.model;

import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.BeforeAll;

/** The client of Open Liberty and WildFly. */
class FaultTableOnResteasyTest extends FaultTableContract {

    @BeforeAll
    static void beTheImplementation() {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    }

    @Override
    ClientBuilder newBuilder() {
        return new ResteasyClientBuilderImpl();
    }
}
