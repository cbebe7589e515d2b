package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The server as one test sees it: people come in by its doors, and all of them leave when the test is over. */
final class House implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Generous: it ends a test that hangs, and decides nothing else. */
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final URI server;
    private final IdentityProvider provider;
    private final Duration patience;
    private final List<Client> clients = new ArrayList<>();
    // One for each test: a connection that it kept from an earlier one may just be closed by the server.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    House(URI server) {
        this(server, null);
    }

    /** @param provider who gives people their tokens; {@code null} for the development identity */
    House(URI server, IdentityProvider provider) {
        this(server, provider, PATIENCE);
    }

    /** @param patience for how long to wait for anything there */
    House(URI server, IdentityProvider provider, Duration patience) {
        this.server = server;
        this.provider = provider;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    HttpClient http() {
        return http;
    }

    /** Where the server is, with a slash at the end. */
    URI address() {
        return server;
    }

    /** The socket's door, with whatever is to be shown there. */
    URI socket(String query) {
        return URI.create(server.resolve("ws").toString().replaceFirst("^http", "ws") + query);
    }

    /** Somebody of whom no other test knows. */
    Person person(String name) {
        if (provider != null) {
            return person(name + "-" + unique(), Map.of(), 600);
        }
        JsonNode token = json(post("api/dev/token", null, "{\"name\":\"" + name + " " + unique() + "\"}"), 200);
        Schemas.check("http.json#/$defs/token", token);
        return new Person(
                token.get("userId").asText(),
                token.get("name").asText(),
                token.get("token").asText());
    }

    /** Somebody as the provider knows them, for so many seconds. */
    Person person(String userId, Map<String, Object> claims, long seconds) {
        return new Person(userId, userId, provider.token(userId, claims, seconds));
    }

    /** Opens one connection, once, within 30 s. */
    String ticket(Person person) {
        JsonNode ticket = json(post("api/tickets", person, ""), 200);
        Schemas.check("http.json#/$defs/ticket", ticket);
        return ticket.get("ticket").asText();
    }

    /** A client of this person, closed with the house. */
    Client client(Transport transport, Person person) {
        Client client = transport.client(this, person);
        clients.add(client);
        return client;
    }

    HttpResponse<String> post(String path, Person person, String body) {
        return send(request(path, person)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NotServed("No answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** @param person as whom, or {@code null} */
    HttpRequest.Builder request(String path, Person person) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(patience);
        return person == null ? request : request.header("Authorization", "Bearer " + person.token());
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        assertEquals(status, response.statusCode(), response::body);
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new NotServed("Not JSON: " + text, e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Everybody leaves, also if somebody saw something wrong. */
    @Override
    public void close() {
        clients.forEach(Client::cut);
        clients.forEach(Client::close);
    }
}
