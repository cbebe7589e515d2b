package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the one JSON object that a request consists of. */
final class JsonBody {

    /** Writes the object's fields. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private JsonBody() {}

    /** @param length of the text in it, roughly */
    static byte[] of(int length, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
