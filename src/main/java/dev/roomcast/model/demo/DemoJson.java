package dev.roomcast.model.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The objects of OpenAI's chat API that the demo sends, as UTF-8. Pure. */
final class DemoJson {

    static final String MODEL = "demo";

    private static final JsonFactory JSON = new JsonFactory();

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private DemoJson() {}

    /** A chunk with a role (the first), a piece of text, or a reason to finish (the last). What is {@code null} is left out. */
    static void chunk(ByteArrayOutputStream out, String id, long created, String role, String text, String finish) {
        event(out, json -> {
            begin(json, id, "chat.completion.chunk", created);
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            json.writeObjectFieldStart("delta");
            if (role != null) {
                json.writeStringField("role", role);
            }
            if (text != null) {
                json.writeStringField("content", text);
            }
            json.writeEndObject();
            json.writeStringField("finish_reason", finish);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    static void usageChunk(ByteArrayOutputStream out, String id, long created, int prompt, int completion) {
        event(out, json -> {
            begin(json, id, "chat.completion.chunk", created);
            json.writeArrayFieldStart("choices");
            json.writeEndArray();
            usage(json, prompt, completion);
        });
    }

    static byte[] completion(String id, long created, String text, int prompt, int completion) {
        return object(json -> {
            begin(json, id, "chat.completion", created);
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            json.writeObjectFieldStart("message");
            json.writeStringField("role", "assistant");
            json.writeStringField("content", text);
            json.writeNullField("refusal");
            json.writeEndObject();
            json.writeNullField("logprobs");
            json.writeStringField("finish_reason", "stop");
            json.writeEndObject();
            json.writeEndArray();
            usage(json, prompt, completion);
        });
    }

    static byte[] model(long created) {
        return object(json -> modelFields(json, created));
    }

    static byte[] models(long created) {
        return object(json -> {
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            json.writeStartObject();
            modelFields(json, created);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    static byte[] error(String message, String type, String code) {
        return object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", type);
            json.writeNullField("param");
            json.writeStringField("code", code);
            json.writeEndObject();
        });
    }

    private static void modelFields(JsonGenerator json, long created) throws IOException {
        json.writeStringField("id", MODEL);
        json.writeStringField("object", "model");
        json.writeNumberField("created", created);
        json.writeStringField("owned_by", "roomcast");
    }

    private static void begin(JsonGenerator json, String id, String object, long created) throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", MODEL);
    }

    private static void usage(JsonGenerator json, int prompt, int completion) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", prompt);
        json.writeNumberField("completion_tokens", completion);
        json.writeNumberField("total_tokens", prompt + completion);
        json.writeEndObject();
    }

    private static void event(ByteArrayOutputStream out, Fields fields) {
        out.writeBytes(new byte[] {'d', 'a', 't', 'a', ':', ' '});
        object(out, fields);
        out.writeBytes(new byte[] {'\n', '\n'});
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        object(bytes, fields);
        return bytes.toByteArray();
    }

    private static void object(ByteArrayOutputStream out, Fields fields) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }
}
