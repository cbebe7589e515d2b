package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRequestTest {

    @Test
    void asks_for_a_stream_with_the_whole_talk_unchanged() throws IOException {
        String emoji = "\uD83D\uDE00 \"tea\"\n".repeat(3_000);
        JsonNode request = read(ChatRequest.of(
                "m",
                new Prompt(List.of(new Turn(Role.SYSTEM, "Be kind."), new Turn(Role.USER, emoji))),
                Prefix.NONE,
                true));

        assertEquals("m", request.get("model").asText());
        assertEquals(true, request.get("stream").asBoolean());
        assertEquals(true, request.at("/stream_options/include_usage").asBoolean());
        assertEquals("system", request.at("/messages/0/role").asText());
        assertEquals("Be kind.", request.at("/messages/0/content").asText());
        assertEquals("user", request.at("/messages/1/role").asText());
        assertEquals(emoji, request.at("/messages/1/content").asText());
    }

    /** Some servers refuse any other order, such as vLLM with the template of Mistral's models. */
    @Test
    void roles_take_turns_and_what_neighbours_say_are_lines_of_one_message() throws IOException {
        JsonNode messages = read(ChatRequest.of(
                        "m",
                        new Prompt(List.of(
                                new Turn(Role.SYSTEM, "Be kind."),
                                new Turn(Role.USER, "{\"text\":\"\\\"Tea?\\\" \ud83c\udf75\"}"),
                                new Turn(Role.USER, "{\"asks\":{}}"),
                                new Turn(Role.USER, "why?\nAnd how?"),
                                new Turn(Role.ASSISTANT, "Because"))),
                        Prefix.PREFIX,
                        true))
                .get("messages");
        assertEquals(3, messages.size());
        assertEquals("system", messages.at("/0/role").asText());
        assertEquals("user", messages.at("/1/role").asText());
        assertEquals(
                "{\"text\":\"\\\"Tea?\\\" \ud83c\udf75\"}\n{\"asks\":{}}\nwhy?\nAnd how?",
                messages.at("/1/content").asText());
        assertEquals("assistant", messages.at("/2/role").asText());
        assertEquals(true, messages.at("/2/prefix").asBoolean());
    }

    private static JsonNode read(byte[] request) throws IOException {
        return new ObjectMapper().readTree(new String(request, StandardCharsets.UTF_8));
    }
}
