package dev.roomcast.model;

import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.internal.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;

/** The client of Payara. */
class StoppedOnTimeOnJerseyTest extends StoppedOnTimeContract {

    @BeforeAll
    static void beTheImplementation() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    @Override
    ClientBuilder newBuilder() {
        return new JerseyClientBuilder();
    }
}
