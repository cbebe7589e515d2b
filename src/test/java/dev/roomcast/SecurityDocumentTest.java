package dev.roomcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of src/docs/security.md names tests, and these are there. */
class SecurityDocumentTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`");

    @Test
    void every_threat_names_a_test_that_there_is() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("src/docs/security.md")).stream()
                .filter(line -> line.startsWith("| ") && line.split("\\|").length == 4)
                .filter(line -> !line.startsWith("| threat |") && !line.startsWith("| who |"))
                .dropWhile(line -> !line.contains("no token, at any door"))
                .toList();
        assertTrue(rows.size() > 30, "the rows were not found");
        assertEquals(
                List.of(),
                rows.stream().filter(row -> !NAMED.matcher(row).find()).toList());
        List<MatchResult> named =
                rows.stream().flatMap(row -> NAMED.matcher(row).results()).toList();
        assertEquals(
                List.of(),
                named.stream()
                        .filter(test -> !exists(test.group(1), test.group(2)))
                        .map(MatchResult::group)
                        .toList());
    }

    private static boolean exists(String type, String method) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(type + ".java"))
                    .findFirst()
                    .orElse(null);
            return file != null && Files.readString(file).contains("void " + method + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
