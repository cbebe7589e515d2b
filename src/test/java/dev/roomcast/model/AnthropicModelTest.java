package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Anthropic's messages, as they are asked and as they come. */
class AnthropicModelTest extends ProviderTest {

    private static final String WHOLE = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"m",\
            "stop_reason":null,"usage":{"input_tokens":20,"cache_read_input_tokens":5,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"SECRET"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SECRET"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: ping
            data: {"type": "ping"}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Well: "}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hello"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":", wor"}}

            event: content_block_delta
            data: {"delta":{"text":"ld \\ud83d\\ude00","type":"text_delta"},"index":1,"type":"content_block_delta"}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"SECRET","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"SECRET"}}

            event: something_new
            data: {"type":"something_new","delta":{"type":"new_delta","words":["SECRET"]}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @BeforeAll
    static void beTheImplementation() {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    }

    @Override
    ClientBuilder newBuilder() {
        return new ResteasyClientBuilderImpl();
    }

    @Test
    void a_streamed_answer_is_read_to_its_end_and_only_its_text_is_shown() throws Exception {
        ModelStream answer = open(anthropic(call -> {
            call.stream();
            call.chunk(WHOLE);
            call.end();
        }));
        assertEquals("Well: Hello, world 😀", readAll(answer));
        assertEquals(new ModelStream.Ending("length", new ModelStream.Usage(25, 15)), answer.ending());
    }

    @Test
    void the_provider_is_asked_in_its_own_words() throws Exception {
        readAll(open(anthropic(Speech.ANTHROPIC::oneWord)));
        String request = providers.get(0).requests().get(0);
        String head = request.toLowerCase();
        assertTrue(request.startsWith("POST /v1/messages HTTP/1.1\r\n"), request);
        assertTrue(head.contains("x-api-key: secret-key\r\n"), request);
        assertTrue(head.contains("anthropic-version: 2023-06-01\r\n"), request);
        assertFalse(head.contains("authorization"), request);
        assertTrue(
                request.endsWith("{\"model\":\"m-1\",\"max_tokens\":500,\"stream\":true,\"system\":\"Be kind\","
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Ana: \\\"Tea?\\\" 😀\"}]}"),
                request);
    }

    @Test
    void the_next_answer_uses_the_connection_of_one_that_was_read_to_its_end() throws Exception {
        ProviderModel model = anthropic(Speech.ANTHROPIC::oneWord, Speech.ANTHROPIC::oneWord);
        for (int i = 0; i < 2; i++) {
            try (ModelStream answer = open(model)) {
                assertEquals("word", readAll(answer));
            }
        }
        assertEquals(1, providers.get(0).connections());
    }

    @Test
    void a_model_that_refuses_beginnings_is_asked_in_words_to_go_on() throws IOException {
        Prompt begun = new Prompt(List.of(new Turn(Role.USER, "Count"), new Turn(Role.ASSISTANT, "one, two ")));
        JsonNode asked = read(new AnthropicDialect(1, Prefix.NONE).question("m", begun));
        assertEquals("user", asked.at("/messages/2/role").asText());
        assertEquals("one, two ", asked.at("/messages/1/content").asText());
        JsonNode given = read(new AnthropicDialect(1, Prefix.PLAIN).question("m", begun));
        assertEquals(2, given.get("messages").size());
        assertEquals("one, two", given.at("/messages/1/content").asText(), "white space at its end is refused there");
    }

    private static JsonNode read(byte[] request) throws IOException {
        return new ObjectMapper().readTree(new String(request, StandardCharsets.UTF_8));
    }

    private ProviderModel anthropic(ScriptedProvider.Script... scripts) throws IOException {
        return model(
                "m",
                provider(scripts).url(),
                "secret-key",
                new AnthropicDialect(500, Prefix.PLAIN),
                new Patience(LONG, LONG));
    }
}
