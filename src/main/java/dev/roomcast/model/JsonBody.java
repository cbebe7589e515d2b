package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.roomcast.model.Prompt.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the one JSON object that a request consists of. */
final class JsonBody {

    /** Writes the object's fields. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static final byte[] LINE_END = {'\\', 'n'};

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private JsonBody() {}

    /** As one string, a line or more for each. */
    static void write(JsonGenerator json, List<Turn> turns) throws IOException {
        if (turns.size() == 1) {
            json.writeString(turns.get(0).text());
            return;
        }
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        for (Turn turn : turns) {
            if (quoted.size() > 0) {
                quoted.writeBytes(LINE_END);
            }
            quoted.writeBytes(turn.text().asQuotedUTF8()); // which it keeps
        }
        json.writeRawUTF8String(quoted.toByteArray(), 0, quoted.size());
    }

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
