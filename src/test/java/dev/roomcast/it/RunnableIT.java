package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code java -jar target/roomcast.jar} as an operator runs it, with nothing set but where to listen. */
@Tag("runnable")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunnableIT {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target"));
    private static final Path LOG = TARGET.resolve("it/runnable.log");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(LOG.getParent());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(java, "-jar", TARGET.resolve("roomcast.jar").toString());
        builder.environment().keySet().removeIf(name -> name.matches("(ROOMCAST|MP_JWT)_.*"));
        builder.environment().put("HTTP_HOST", "127.0.0.1");
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put("WLP_JAR_EXTRACT_ROOT", TARGET.resolve("it/runnable").toString());
        server = builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        awaitPage();
    }

    @AfterAll
    static void end() {
        server.destroyForcibly();
    }

    @Test
    @Order(1)
    void the_process_that_was_started_is_the_one_that_listens() {
        assumeTrue(Listening.canTell(), "Only Linux tells which process listens on a port.");
        assertTrue(Listening.isDoneBy(server.pid(), port), "another process listens");
        assertEquals(0, server.descendants().count(), "it has started other processes");
    }

    @Test
    @Order(2)
    void without_an_identity_every_door_is_closed_it_is_not_ready_and_the_log_says_once_what_to_set() throws Exception {
        for (var door : List.of(
                request("api/tickets").POST(BodyPublishers.noBody()),
                request("api/rooms/a/commands").POST(BodyPublishers.ofString("{\"type\":\"ping\"}")),
                request("api/rooms/a/events").header("Accept", "text/event-stream"),
                request("api/rooms/a/events").header("Accept", "application/json"),
                request("api/rooms"),
                request("api/me"),
                request("ws"))) {
            assertEquals(401, status(door), () -> "without a token: " + door.build());
            door.header("Authorization", "Bearer x.y.z");
            assertEquals(401, status(door), () -> "with a token: " + door.build());
        }
        var upgrade = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new WebSocket.Listener() {});
        var refused = assertThrows(ExecutionException.class, () -> upgrade.get(10, TimeUnit.SECONDS));
        assertEquals(
                401,
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                        .getResponse()
                        .statusCode());
        var token = status(request("api/dev/token").POST(BodyPublishers.ofString("{\"name\":\"ana\"}")));
        assertTrue(token == 401 || token == 404, "status " + token);

        assertEquals(200, status(request("health/live")));
        assertEquals(503, status(request("health/ready")));
        var said = Files.readAllLines(LOG).stream()
                .filter(line -> line.contains("No identity is set"))
                .toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains("mp.jwt.verify.publickey.location"), said::toString);
        assertTrue(said.get(0).contains("mp.jwt.verify.issuer"), said::toString);
    }

    @Test
    @Order(3)
    void it_stops_when_it_is_told_to() throws Exception {
        server.destroy();
        assertTrue(server.waitFor(30, TimeUnit.SECONDS), "still running");
        assertTrue(Files.readString(LOG).contains("CWWKE0036I"), "the server has not stopped in order");
    }

    private static void awaitPage() throws Exception {
        var deadline = Instant.now().plusSeconds(300);
        while (true) {
            assertTrue(server.isAlive() && Instant.now().isBefore(deadline), () -> "not started, see " + LOG);
            try {
                if (HTTP.send(request("").build(), BodyHandlers.discarding()).statusCode() == 200) return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        var response =
                HTTP.send(request.setHeader("Content-Type", "application/json").build(), BodyHandlers.discarding());
        return response.statusCode();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(Duration.ofSeconds(10));
    }
}
