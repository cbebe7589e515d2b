package dev.roomcast.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schemas of src/docs, closed: a client ignores fields that it does not know, but what the server sends and the schemas
 * do not name is a mistake in one of them. Thread-safe.
 */
public final class Schemas {

    static final Path FOLDER = Path.of("src/docs/schema");

    private static final String ADDRESS = "schemas:/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders ->
                    loaders.schemas(closed(List.of("common.json", "commands.json", "frames.json", "http.json")))));

    private static final List<String> FRAMES = types("frames.json");

    /** Fails unless this is a frame that the server may send. */
    public static void checkFrame(JsonNode frame) {
        String type = frame.path("type").asText();
        if (!FRAMES.contains(type)) {
            throw new AssertionError("There is no such frame: " + frame);
        }
        check("frames.json#/$defs/" + type, frame);
    }

    /** Fails unless this fits, for example {@code http.json#/$defs/ticket}. */
    public static void check(String schema, JsonNode instance) {
        Set<ValidationMessage> complaints =
                SCHEMAS.getSchema(SchemaLocation.of(ADDRESS + schema)).validate(instance);
        if (!complaints.isEmpty()) {
            throw new AssertionError("Not as in " + schema + ": " + complaints + ": " + instance);
        }
    }

    /** The types that a file of schemas has, in order. */
    static List<String> types(String file) {
        List<String> types = new ArrayList<>();
        read(file)
                .get("oneOf")
                .forEach(option -> types.add(option.get("$ref").asText().substring("#/$defs/".length())));
        return types;
    }

    static JsonNode read(String file) {
        try {
            return JSON.readTree(FOLDER.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> closed(List<String> files) {
        Map<String, String> closed = new HashMap<>();
        for (String file : files) {
            JsonNode schema = read(file);
            close(schema);
            closed.put(ADDRESS + file, schema.toString());
        }
        return closed;
    }

    private static void close(JsonNode schema) {
        schema.forEach(Schemas::close);
        if (schema instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")) {
            object.put("additionalProperties", false);
        }
    }

    private Schemas() {}
}
