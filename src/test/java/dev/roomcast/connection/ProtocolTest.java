package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.connection.ProtocolDocument.Documented;
import dev.roomcast.room.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What src/docs/protocol.md says in its tables, the schemas and the code say too. */
class ProtocolTest {

    @Test
    void every_error_code_is_documented_with_its_http_status_and_whether_to_try_again() {
        Map<String, Documented> known = new TreeMap<>();
        for (Refused.Code code : Refused.Code.values()) {
            String status = code == Refused.Code.BINARY_FRAME ? "–" : String.valueOf(Http.status(code));
            known.put(code.wire(), new Documented(status, code.retryable() ? "yes" : "no"));
        }
        assertEquals(ProtocolDocument.errors(), known);
    }

    @Test
    void every_error_code_is_in_the_schema() {
        Set<String> codes = new TreeSet<>();
        Schemas.read("common.json").at("/$defs/errorCode/enum").forEach(code -> codes.add(code.asText()));
        Set<String> known = new TreeSet<>();
        for (Refused.Code code : Refused.Code.values()) {
            known.add(code.wire());
        }
        assertEquals(known, codes);
    }

    @Test
    void every_close_code_is_documented() {
        Set<String> documented = new TreeSet<>();
        ProtocolDocument.table("code", "meaning").forEach(row -> documented.add(row.get(0)));
        Set<String> known = new TreeSet<>();
        for (Closing closing : Closing.values()) {
            if (closing != Closing.LOST) {
                known.add(String.valueOf(closing.code()));
            }
        }
        assertEquals(documented, known);
    }

    @Test
    void every_command_has_a_schema() {
        List<String> documented = new ArrayList<>();
        ProtocolDocument.table("type", "fields", "answered by")
                .forEach(row -> documented.addAll(ProtocolDocument.quoted(row.get(0))));
        assertEquals(documented, Schemas.types("commands.json"));
    }

    @Test
    void the_fields_of_a_command_are_those_of_its_schema() {
        for (List<String> row : ProtocolDocument.table("type", "fields", "answered by")) {
            String type = ProtocolDocument.quoted(row.get(0)).get(0);
            Set<String> fields = new TreeSet<>(ProtocolDocument.quoted(row.get(1)));
            fields.addAll(List.of("type", "id")); // "Every command may carry an id"
            Set<String> inSchema = new TreeSet<>();
            Schemas.read("commands.json")
                    .at("/$defs/" + type + "/properties")
                    .fieldNames()
                    .forEachRemaining(inSchema::add);
            assertEquals(fields, inSchema, type);
        }
    }

    @Test
    void every_frame_has_a_schema() {
        Map<String, Boolean> named = new HashMap<>();
        String text = ProtocolDocument.text();
        for (String type : Schemas.types("frames.json")) {
            named.put(type, text.contains("{\"type\":\"" + type + "\"") || text.contains("| `" + type + "` |"));
        }
        assertTrue(named.values().stream().allMatch(Boolean::booleanValue), named::toString);
    }
}
