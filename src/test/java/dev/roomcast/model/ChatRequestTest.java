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

    private static JsonNode read(byte[] request) throws IOException {
        return new ObjectMapper().readTree(new String(request, StandardCharsets.UTF_8));
    }
}
