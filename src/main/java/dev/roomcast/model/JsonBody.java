package dev.roomcast.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.roomcast.model.Prompt.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the one JSON object that a request consists of. */
final class JsonBody {

    /** Writes the object's fields. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** No more fields than a message has. */
    static final byte[] NOTHING = {};

    private static final byte[] LINE_END = {'\\', 'n'};
    private static final byte[] TEXT_END = {'"'};

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private JsonBody() {}

    /**
     * Where to write elements of the array that was begun, past the generator: a room's talk is many of them, and each knows how it is
     * written.
     */
    static OutputStream elements(JsonGenerator json) throws IOException {
        json.flush();
        return (OutputStream) json.getOutputTarget();
    }

    /**
     * Turns of one role as one message, a line or more for each.
     *
     * @param first of the messages
     * @param more fields, each with a comma before it
     */
    static void message(OutputStream body, List<Turn> turns, boolean first, byte[] more) throws IOException {
        if (!first) {
            body.write(',');
        }
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            int begin = i == 0 ? 0 : turn.contentFrom();
            body.write(turn.message(), begin, turn.contentTo() - begin);
            body.write(i == turns.size() - 1 ? TEXT_END : LINE_END);
        }
        body.write(more);
        body.write('}');
    }

    /** @param length of it, roughly, in bytes */
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
