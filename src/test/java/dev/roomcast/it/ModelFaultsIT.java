package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a room sees of a model in trouble, on each server, since fault tolerance is the server's. Asked and read over HTTP. */
@ExtendWith(Deployed.class)
@Timeout(60)
class ModelFaultsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String room = "faults-" + UUID.randomUUID();
    private String token;
    private String text = "";

    @Test
    void a_beginning_that_fails_twice_is_tried_a_third_time(URI server) throws Exception {
        JsonNode end = ask(server, "tokens=20 numbered fault=500 times=2", start -> {});
        assertEquals("complete", end.path("status").asText());
        assertEquals(IntStream.range(0, 20).mapToObj(i -> "t" + i).collect(Collectors.joining(" ")), text);
        assertEquals(20, end.at("/usage/completionTokens").asInt());
        assertFalse(end.at("/usage/estimated").asBoolean());
    }

    @Test
    void an_error_that_stays_ends_the_answer_as_failed(URI server) throws Exception {
        JsonNode end = ask(server, "fault=500", start -> {});
        assertEquals("failed", end.path("status").asText());
        assertEquals("model-error", end.path("code").asText());
        assertEquals(
                "The model ran into an error of its own.", end.path("message").asText());
    }

    @Test
    void what_came_before_a_cut_is_kept(URI server) throws Exception {
        JsonNode end = ask(server, "tokens=20 numbered fault=cut at=5", start -> {});
        assertEquals("failed", end.path("status").asText());
        assertEquals("model-cut", end.path("code").asText());
        assertEquals("t0 t1 t2 t3 t4", text);
    }

    @Test
    void a_silent_model_can_be_stopped(URI server) throws Exception {
        JsonNode end = ask(
                server,
                "tokens=20 numbered fault=stall at=0",
                start -> command(
                        server,
                        JSON.createObjectNode()
                                .put("type", "ai-stop")
                                .put("id", "stop")
                                .put("answerId", start.path("answerId").asText())));
        assertEquals("cancelled", end.path("status").asText());
        assertEquals("stop", end.path("re").asText());
    }

    /** @return the {@code ai-end}; the text is in {@link #text} */
    private JsonNode ask(URI server, String directive, Consumer<JsonNode> onStart) {
        token = send(server, "api/dev/token", JSON.createObjectNode().put("name", "Ana"))
                .path("token")
                .asText();
        JsonNode page = poll(server, "wait=0");
        String session = page.path("session").asText();
        command(
                server,
                JSON.createObjectNode()
                        .put("type", "ai-query")
                        .put("id", "ask")
                        .put("prompt", "[[demo " + directive + "]] " + room));
        while (true) {
            page = poll(
                    server,
                    "wait=10000&session=" + session + "&since="
                            + page.path("position").asText());
            for (JsonNode frame : page.path("events")) {
                switch (frame.path("type").asText()) {
                    case "ai-start" -> onStart.accept(frame);
                    case "ai-chunk" ->
                        text = text.substring(0, frame.path("at").asInt())
                                + frame.path("content").asText();
                    case "ai-end" -> {
                        return frame;
                    }
                    default -> {}
                }
            }
        }
    }

    private void command(URI server, ObjectNode frame) {
        send(server, "api/rooms/" + room + "/commands", frame);
    }

    private JsonNode poll(URI server, String query) {
        return exchange(HttpRequest.newBuilder(server.resolve("api/rooms/" + room + "/events?" + query))
                .header("Accept", "application/json"));
    }

    private JsonNode send(URI server, String path, ObjectNode body) {
        return exchange(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private JsonNode exchange(HttpRequest.Builder request) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var reply = HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
            assertEquals(2, reply.statusCode() / 100, reply::body);
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
