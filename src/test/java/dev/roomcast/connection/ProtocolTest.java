package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What src/docs/protocol.md says in its tables, the schemas and the code say too. */
class ProtocolTest {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** Close codes that are not ours to give: by the container, and of rules that come later. */
    private static final Set<String> ELSEWHERE = Set.of("1009", "4500");

    @Test
    void every_error_code_is_documented_with_its_http_status_and_whether_to_try_again() {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : table("code", "HTTP", "retryable", "")) {
            List<String> codes = quoted(row.get(0));
            String[] statuses = row.get(1).split(", ");
            for (int i = 0; i < codes.size(); i++) {
                String status = statuses[Math.min(i, statuses.length - 1)];
                documented.put(codes.get(i), status + " " + row.get(2));
            }
        }
        Map<String, String> known = new TreeMap<>();
        for (Refused.Code code : Refused.Code.values()) {
            String status = code == Refused.Code.BINARY_FRAME ? "–" : String.valueOf(Http.status(code));
            known.put(code.wire(), status + " " + (code.retryable() ? "yes" : "no"));
        }
        assertEquals(documented, known);
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
        table("code", "meaning").forEach(row -> documented.add(row.get(0)));
        documented.removeAll(ELSEWHERE);
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
        table("type", "fields", "answered by").forEach(row -> documented.addAll(quoted(row.get(0))));
        assertEquals(documented, Schemas.types("commands.json"));
    }

    @Test
    void the_fields_of_a_command_are_those_of_its_schema() {
        for (List<String> row : table("type", "fields", "answered by")) {
            String type = quoted(row.get(0)).get(0);
            Set<String> fields = new TreeSet<>(quoted(row.get(1)));
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
        String text = document();
        for (String type : Schemas.types("frames.json")) {
            named.put(type, text.contains("{\"type\":\"" + type + "\"") || text.contains("| `" + type + "` |"));
        }
        assertTrue(named.values().stream().allMatch(Boolean::booleanValue), named::toString);
    }

    /** The rows below this heading, cell by cell. */
    private static List<List<String>> table(String... heading) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : document().lines().toList()) {
            List<String> cells = List.of(line.replaceAll("^\\||\\|$", "").split("\\|", -1)).stream()
                    .map(String::strip)
                    .toList();
            if (!line.startsWith("|")) {
                inside = false;
            } else if (cells.equals(List.of(heading))) {
                inside = true;
            } else if (inside && !line.startsWith("|---")) {
                rows.add(cells);
            }
        }
        assertTrue(!rows.isEmpty(), "no such table: " + List.of(heading));
        return rows;
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String document() {
        try {
            return Files.readString(Path.of("src/docs/protocol.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
