package dev.roomcast.it.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tested server has written down. Not on Payara Micro, which logs to its console alone. */
final class ServerLog {

    private static final Set<String> MAIN = Set.of("messages.log", "server.log");

    /** Everything, also its reports of incidents. */
    static String everything() {
        return read(path -> path.toString().endsWith(".log"));
    }

    /** The lines of the log that people read, but for those of the audit. */
    static long lines() {
        return read(path -> MAIN.contains(path.getFileName().toString()))
                .lines()
                .filter(line -> !line.contains("{\"event\":") && !line.isBlank())
                .count();
    }

    private static String read(java.util.function.Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("it.directory")))) {
            return files.filter(wanted).map(ServerLog::text).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerLog() {}
}
