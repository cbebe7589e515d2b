package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a test needs and a bare machine may lack. Each method gives it, or skips the calling test with one sentence; with
 * {@code -Droomcast.test.require=true} the test fails instead.
 */
public final class Needs {

    private Needs() {}

    /** A Chromium: what CHROME_BIN names, else the first of its usual names. */
    public static Path browser() {
        var places = Stream.of(
                System.getenv("CHROME_BIN"),
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");
        return first(places, "There is no browser: install Chromium, or let CHROME_BIN name one.");
    }

    /** A Redis server: what REDIS_SERVER names, else redis-server. */
    public static Path redis() {
        var places = Stream.of(System.getenv("REDIS_SERVER"), "redis-server");
        return first(places, "There is no Redis: install redis-server, or let REDIS_SERVER name one.");
    }

    /** A load balancer: what HAPROXY names, else haproxy. */
    public static Path loadBalancer() {
        var places = Stream.of(System.getenv("HAPROXY"), "haproxy", "/usr/sbin/haproxy");
        return first(places, "There is no load balancer: install haproxy, or let HAPROXY name one.");
    }

    /** Another one: what NGINX names, else nginx. */
    public static Path nginx() {
        var places = Stream.of(System.getenv("NGINX"), "nginx", "/usr/sbin/nginx");
        return first(places, "There is no nginx: install it, or let NGINX name one.");
    }

    /** A file of the front end's node modules, which the build installs. */
    public static Path nodeModule(String name) {
        Path file = Path.of("src/main/frontend/node_modules", name);
        String sentence = "There is no " + file + ": build the front end once.";
        return Files.exists(file) ? file : missing(sentence);
    }

    private static Path missing(String sentence) {
        return Boolean.getBoolean("roomcast.test.require") ? fail(sentence) : abort(sentence);
    }

    private static Path first(Stream<String> places, String sentence) {
        return places.filter(Objects::nonNull)
                .flatMap(Needs::found)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(sentence));
    }

    private static Stream<Path> found(String name) {
        var path = Path.of(name);
        if (path.isAbsolute()) return Stream.of(path);
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name));
    }
}
