package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.InternalServerException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own clients talk to the built-in demo model as they would to OpenAI. */
@ExtendWith(Deployed.class)
class OpenAiClientsIT {

    private static final String PROMPT = "Count. [[demo tokens=40 numbered]]";
    private static final String EXPECTED =
            IntStream.range(0, 40).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));

    @Test
    void java(URI server) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(server.resolve("demo/v1").toString())
                .apiKey("none")
                .maxRetries(0)
                .build();
        try {
            assertEquals(
                    List.of("demo"),
                    client.models().list().data().stream().map(Model::id).toList());
            assertEquals(EXPECTED, text(client.chat().completions().create(question(PROMPT))));

            var whole = ChatCompletionAccumulator.create();
            try (var stream = client.chat().completions().createStreaming(question(PROMPT))) {
                stream.stream().forEach(whole::accumulate);
            }
            ChatCompletion streamed = whole.chatCompletion();
            assertEquals(EXPECTED, text(streamed));
            assertEquals(
                    ChatCompletion.Choice.FinishReason.STOP,
                    streamed.choices().get(0).finishReason());
            assertTrue(streamed.usage().orElseThrow().completionTokens() > 0);

            var refused = assertThrows(
                    InternalServerException.class,
                    () -> client.chat().completions().create(question("[[demo fault=500]]")));
            assertEquals(500, refused.statusCode());
        } finally {
            client.close();
        }
    }

    @Test
    void node(URI server) throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node",
                        "tests/openai-client.mjs",
                        server.resolve("demo/v1/").toString())
                .directory(Path.of("src/main/frontend").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed;
        try {
            printed = new String(node.getInputStream().readAllBytes());
            assertTrue(node.waitFor(60, TimeUnit.SECONDS), "node does not end");
        } finally {
            node.destroyForcibly();
        }
        assertEquals(0, node.exitValue());
        JsonNode seen = new ObjectMapper().readTree(printed);
        assertEquals("[\"demo\"]", seen.get("models").toString());
        assertEquals(EXPECTED, seen.get("whole").asText());
        assertEquals(EXPECTED, seen.get("streamed").asText());
        assertEquals("stop", seen.get("finish").asText());
        assertTrue(seen.get("usage").asInt() > 0);
        assertEquals(400, seen.at("/refused/status").asInt());
        assertTrue(seen.at("/refused/message").asText().contains("'messages' must be an array"));
    }

    private static ChatCompletionCreateParams question(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model("demo")
                .addUserMessage(prompt)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElseThrow();
    }
}
