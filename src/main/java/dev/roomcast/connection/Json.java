package dev.roomcast.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roomcast.room.Refused;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON as it goes over the wire: bounded when read, written without detours. Thread-safe. */
final class Json {

    static final int MAX_DEPTH = 32;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(200)
                    .maxNumberLength(50)
                    .maxStringLength(RoomSocket.MAX_FRAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from outside: interned, they would go through a table that all of the process shares.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectReader READER =
            JsonMapper.builder(FACTORY).build().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The object in this text. Anything else is refused as {@code bad-json}. */
    static ObjectNode object(String text) {
        try {
            JsonNode node = READER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Refused below; the parser's message would quote the input.
        }
        throw new Refused(Refused.Code.BAD_JSON, "A frame is one JSON object.");
    }

    /** An object of the fields that {@code body} writes. */
    static String write(Body body) {
        return text(json -> {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        });
    }

    /** An array of the values that {@code body} writes. */
    static String array(Body body) {
        return text(json -> {
            json.writeStartArray();
            body.write(json);
            json.writeEndArray();
        });
    }

    private static String text(Body body) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing here does input or output
        }
        return text.toString();
    }

    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}
}
