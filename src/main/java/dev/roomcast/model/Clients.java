package dev.roomcast.model;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Builds JAX-RS clients of the implementation that the server brings, so that they can be closed while they wait. Thread-safe. */
final class Clients implements Supplier<Client> {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final Supplier<ClientBuilder> builders;
    private final Duration connect;
    private final Duration read;
    private final HttpClient jersey;

    /**
     * @param builders {@link ClientBuilder#newBuilder}, or one that a test prefers
     * @param longest the longest silence that is ever allowed; shorter ones are the {@link StallWatch}'s business
     */
    Clients(Supplier<ClientBuilder> builders, Duration longest) {
        this.builders = builders;
        this.connect = longest.compareTo(LONGEST_CONNECT) < 0 ? longest : LONGEST_CONNECT;
        this.read = longest;
        this.jersey = isJersey(builders.get())
                // HTTP/1.1, because its connections carry one call each: what ends the call ends the connection.
                ? HttpClient.newBuilder()
                        .connectTimeout(connect)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                : null;
    }

    @Override
    public Client get() {
        ClientBuilder builder = builders.get();
        if (jersey != null) {
            JerseyConnector.install(builder, jersey);
        }
        return builder.connectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(read.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private static boolean isJersey(ClientBuilder builder) {
        return builder.getClass().getName().startsWith("org.glassfish.jersey.");
    }
}
