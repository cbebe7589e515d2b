package dev.roomcast.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of src/docs/protocol.md, for comparing. */
public final class ProtocolDocument {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /**
     * An error as documented.
     *
     * @param status over HTTP, or a dash
     * @param retryable yes or no
     */
    record Documented(String status, String retryable) {}

    /** The status that goes with an error code over HTTP. */
    public static int httpStatus(String code) {
        return Integer.parseInt(errors().get(code).status);
    }

    static Map<String, Documented> errors() {
        Map<String, Documented> errors = new TreeMap<>();
        for (List<String> row : table("code", "HTTP", "retryable", "")) {
            List<String> codes = quoted(row.get(0));
            String[] statuses = row.get(1).split(", ");
            for (int i = 0; i < codes.size(); i++) {
                String status = statuses[Math.min(i, statuses.length - 1)];
                errors.put(codes.get(i), new Documented(status, row.get(2)));
            }
        }
        return errors;
    }

    /** The rows below this heading, cell by cell. */
    static List<List<String>> table(String... heading) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : text().lines().toList()) {
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
        if (rows.isEmpty()) {
            throw new AssertionError("There is no such table: " + List.of(heading));
        }
        return rows;
    }

    /** What stands in backquotes. */
    static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    static String text() {
        try {
            return Files.readString(Path.of("src/docs/protocol.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProtocolDocument() {}
}
