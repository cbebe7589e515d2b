package dev.roomcast.model;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes upstreams with the JAX-RS implementation that the server brings: with Jersey (Payara) all on one client, since
 * {@link JerseyConnector} can end each call by itself; else with a client each. Thread-safe.
 */
final class Clients implements Supplier<Upstream>, AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final Supplier<ClientBuilder> builders;
    private final Duration longest;
    private final Client shared;

    /**
     * @param builders {@link ClientBuilder#newBuilder}, or one that a test prefers
     * @param longest the longest silence that is ever allowed; shorter ones are the {@link StallWatch}'s business
     */
    Clients(Supplier<ClientBuilder> builders, Duration longest) {
        this.builders = builders;
        this.longest = longest;
        this.shared = jersey(builders.get());
    }

    @Override
    public Upstream get() {
        return shared != null ? Upstream.on(shared) : Upstream.with(build(builders.get()));
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }

    /** A client that all calls may share, or {@code null} if this is not Jersey. */
    private Client jersey(ClientBuilder builder) {
        if (!builder.getClass().getName().startsWith("org.glassfish.jersey.")) {
            return null;
        }
        // HTTP/1.1, because its connections carry one call each: what ends the call ends the connection.
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(connect())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        JerseyConnector.install(builder, http);
        return build(builder);
    }

    private Client build(ClientBuilder builder) {
        return builder.connectTimeout(connect().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private Duration connect() {
        return longest.compareTo(LONGEST_CONNECT) < 0 ? longest : LONGEST_CONNECT;
    }
}
