package dev.roomcast.model;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;

/**
 * Carries the calls of a Jersey client over the JDK's HTTP client, because a call can be ended there at any time.
 *
 * <p>Jersey's own connector (Payara's) cannot: closing a response waits for the lock that a silent read holds, until the
 * read timeout; and before the headers there is nothing to close. Not used, and not loaded, where the client is not Jersey.
 * Thread-safe.
 */
final class JerseyConnector implements Connector {

    private final HttpClient http;

    private JerseyConnector(HttpClient http) {
        this.http = http;
    }

    /** Makes a Jersey builder use it. */
    static void install(ClientBuilder jersey, HttpClient http) {
        jersey.withConfig(new ClientConfig().connectorProvider((client, config) -> new JerseyConnector(http)));
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
        try {
            var call = http.sendAsync(translate(request), reply -> new ArrivingBytes());
            if (request.getProperty(Upstream.CUTTER) instanceof Cutter cutter) {
                cutter.by(() -> end(call));
            }
            return translate(call.get(), request);
        } catch (ExecutionException e) {
            throw new ProcessingException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessingException(e);
        } catch (CancellationException | IOException e) {
            throw new ProcessingException(e);
        }
    }

    /** Whether its headers are here or not. */
    private static void end(CompletableFuture<HttpResponse<InputStream>> call) {
        if (!call.cancel(true)) {
            call.thenAccept(JerseyConnector::end);
        }
    }

    private static void end(HttpResponse<InputStream> reply) {
        try {
            reply.body().close();
        } catch (IOException e) {
            // It is closed, which is all that was wanted.
        }
    }

    private static HttpRequest translate(ClientRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        request.setStreamProvider(length -> body);
        request.writeEntity();
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getUri())
                .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        request.getStringHeaders().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private static ClientResponse translate(HttpResponse<InputStream> reply, ClientRequest request) {
        Response.StatusType status = Response.status(reply.statusCode()).build().getStatusInfo();
        ClientResponse response = new ClientResponse(status, request);
        reply.headers().map().forEach((name, values) -> response.getHeaders().addAll(name, values));
        response.setEntityStream(reply.body());
        return response;
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        throw new UnsupportedOperationException("Calls are made by the thread that reads");
    }

    @Override
    public String getName() {
        return "java.net.http";
    }

    @Override
    public void close() {}
}
