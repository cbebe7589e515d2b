package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The body of a <code>POST …/chat/completions</code> that asks for a stream, and for the tokens used at its end. */
final class ChatRequest {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private ChatRequest() {}

    static byte[] of(String model, Prompt prompt) {
        int length = prompt.turns().stream()
                .mapToInt(turn -> turn.content().length())
                .sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeBooleanField("stream", true);
            json.writeObjectFieldStart("stream_options");
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
            json.writeArrayFieldStart("messages");
            for (Prompt.Turn turn : prompt.turns()) {
                json.writeStartObject();
                json.writeStringField("role", turn.role().name().toLowerCase(Locale.ROOT));
                json.writeStringField("content", turn.content());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
