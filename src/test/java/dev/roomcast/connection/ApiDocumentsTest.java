package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.roomcast.Api;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** asyncapi.yaml and openapi.yaml hang together, and speak of everything there is. */
class ApiDocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final File FOLDER = Schemas.FOLDER.getParent().toFile();

    @Test
    void every_reference_leads_somewhere() {
        for (File file : List.of(
                new File(FOLDER, "asyncapi.yaml"),
                new File(FOLDER, "openapi.yaml"),
                new File(FOLDER, "schema/http.json"),
                new File(FOLDER, "schema/frames.json"),
                new File(FOLDER, "schema/commands.json"))) {
            List<JsonNode> references = read(file).findValues("$ref");
            assertFalse(references.isEmpty());
            for (JsonNode reference : references) {
                String[] parts = reference.asText().split("#", 2);
                File target = parts[0].isEmpty() ? file : new File(file.getParentFile(), parts[0]);
                String pointer = parts.length == 1 ? "" : parts[1];
                assertFalse(read(target).at(pointer).isMissingNode(), file + ": " + reference);
            }
        }
    }

    @Test
    void the_socket_speaks_every_command_and_every_frame() {
        JsonNode document = read(new File(FOLDER, "asyncapi.yaml"));
        Set<String> payloads = new TreeSet<>();
        for (JsonNode message : document.at("/channels/socket/messages")) {
            String pointer = message.get("$ref").asText().substring(1);
            payloads.add(document.at(pointer).at("/payload/$ref").asText());
        }
        Set<String> known = new TreeSet<>();
        Schemas.types("commands.json").forEach(type -> known.add("./schema/commands.json#/$defs/" + type));
        Schemas.types("frames.json").forEach(type -> known.add("./schema/frames.json#/$defs/" + type));
        assertEquals(known, payloads);
    }

    @Test
    void every_path_of_the_api_is_documented() {
        Set<String> documented = new TreeSet<>();
        read(new File(FOLDER, "openapi.yaml"))
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (path.getKey().startsWith("/api/") && !method.equals("parameters")) {
                        documented.add(method + " " + path.getKey());
                    }
                }));
        Set<String> known = new TreeSet<>();
        for (Class<?> resource : new Api().getClasses()) {
            for (Method method : resource.getDeclaredMethods()) {
                for (String verb : verbs(method)) {
                    known.add(
                            verb + " /api/" + resource.getAnnotation(Path.class).value());
                }
            }
        }
        assertEquals(known, documented);
    }

    private static List<String> verbs(Method method) {
        List<String> verbs = new ArrayList<>();
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                verbs.add(verb.value().toLowerCase(Locale.ROOT));
            }
        }
        return verbs;
    }

    private static JsonNode read(File file) {
        try {
            return (file.getName().endsWith(".yaml") ? YAML : JSON).readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
