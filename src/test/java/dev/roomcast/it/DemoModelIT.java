package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built-in demo model as OpenAI's clients see it. */
@ExtendWith(Deployed.class)
class DemoModelIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void there_is_one_model(URI server) throws Exception {
        var request = HttpRequest.newBuilder(server.resolve("demo/v1/models")).build();
        JsonNode models =
                JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        assertEquals("demo", models.at("/data/0/id").asText());
        assertEquals(1, models.path("data").size());
    }

    @Test
    void an_answer_at_once_has_text_and_usage(URI server) throws Exception {
        HttpResponse<String> reply =
                HTTP.send(question(server, "Translate to French: good morning", false), BodyHandlers.ofString());
        JsonNode completion = JSON.readTree(reply.body());
        assertTrue(completion.at("/choices/0/message/content").asText().contains("Bonjour"));
        assertEquals("stop", completion.at("/choices/0/finish_reason").asText());
        assertTrue(completion.at("/usage/completion_tokens").asInt() > 0);
    }

    @Test
    void five_hundred_streams_at_once_are_all_exact(URI server) {
        String expected = IntStream.range(0, 60).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
        List<CompletableFuture<String>> answers = IntStream.range(0, 500)
                .mapToObj(i -> HTTP.sendAsync(
                                question(server, i + " [[demo tokens=60 numbered]]", true), BodyHandlers.ofLines())
                        .thenApplyAsync(DemoModelIT::text))
                .toList();
        for (CompletableFuture<String> answer : answers) {
            assertEquals(expected, answer.orTimeout(60, TimeUnit.SECONDS).join());
        }
    }

    @Test
    void who_came_through_a_proxy_or_by_another_name_needs_the_key(URI server) throws Exception {
        var models = HttpRequest.newBuilder(server.resolve("demo/v1/models"));
        assertEquals(200, status(models.copy()));
        assertEquals(401, status(models.copy().header("X-Forwarded-For", "203.0.113.9")));
        assertEquals(401, status(models.copy().header("Forwarded", "for=203.0.113.9")));
    }

    @Test
    void what_is_no_question_is_refused_as_openai_would(URI server) throws Exception {
        assertEquals("'messages' must be an array with at least one message.", refusal(server, "{}", 400));
        assertEquals("The body is not JSON.", refusal(server, "{", 400));
        assertEquals("A request has at most 262144 bytes.", refusal(server, "x".repeat(300_000), 413));
    }

    private static String refusal(URI server, String body, int status) throws Exception {
        HttpResponse<String> reply = HTTP.send(post(server, body), BodyHandlers.ofString());
        assertEquals(status, reply.statusCode());
        return JSON.readTree(reply.body()).at("/error/message").asText();
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest question(URI server, String prompt, boolean stream) {
        return post(
                server,
                JSON.createObjectNode()
                        .put("model", "demo")
                        .put("stream", stream)
                        .set(
                                "messages",
                                JSON.createArrayNode()
                                        .add(JSON.createObjectNode()
                                                .put("role", "user")
                                                .put("content", prompt)))
                        .toString());
    }

    private static HttpRequest post(URI server, String body) {
        return HttpRequest.newBuilder(server.resolve("demo/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String text(HttpResponse<Stream<String>> reply) {
        return reply.body()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> {
                    try {
                        return JSON.readTree(line.substring(6))
                                .at("/choices/0/delta/content")
                                .asText();
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining());
    }
}
