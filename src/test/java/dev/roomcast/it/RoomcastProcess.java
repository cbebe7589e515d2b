package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar target/roomcast.jar} as a process of its own, on a free port of this machine. */
public final class RoomcastProcess implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target", "target"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Path folder;
    private final Path log;
    private final Process process;

    /**
     * Started, but not yet ready.
     *
     * @param name of its log and its folder below {@code target/it}
     * @param settings the environment; nothing else that begins with {@code ROOMCAST_} reaches it
     */
    public RoomcastProcess(String name, Map<String, String> settings) throws IOException {
        port = freePort();
        folder = TARGET.resolve("it/" + name);
        log = TARGET.resolve("it/" + name + ".log");
        Files.createDirectories(log.getParent());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC", // none lives long, and several start at once
                "-XX:TieredStopAtLevel=1",
                "-jar",
                TARGET.resolve("roomcast.jar").toString());
        builder.environment().keySet().removeIf(key -> key.matches("(ROOMCAST|MP_JWT)_.*"));
        builder.environment().put("HTTP_HOST", "127.0.0.1");
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("WLP_JAR_EXTRACT_ROOT", folder.toString());
        builder.environment().putAll(settings);
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    public static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Waits until it says that it is ready to let people in. */
    public RoomcastProcess awaitReady() throws InterruptedException {
        await("ready", () -> readiness() == 200);
        return this;
    }

    /** The HTTP status of its readiness; 0 while it does not answer. */
    public int readiness() {
        try {
            var request = HttpRequest.newBuilder(address().resolve("health/ready"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for it while this process lives. */
    public void await(String what, Condition condition) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(300);
        while (!condition.holds()) {
            assertTrue(process.isAlive() && Instant.now().isBefore(deadline), () -> "not " + what + ", see " + log);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Told to stop, as by a service manager. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** All that it has logged; its output has warnings alone. */
    public String log() throws IOException {
        // Where it unpacks itself, anew with each start. Not looked for everywhere: what it works with comes and goes.
        Path newest = null;
        try (var starts = Files.newDirectoryStream(folder, "roomcast_*")) {
            for (Path start : starts) {
                Path log = start.resolve("wlp/usr/servers/roomcast/logs/messages.log");
                if (Files.exists(log) && (newest == null || modified(log) > modified(newest))) {
                    newest = log;
                }
            }
        }
        return newest == null ? "" : Files.readString(newest);
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    @Override
    public void close() {
        kill();
    }

    /** Asked again and again. */
    public interface Condition {
        boolean holds();
    }
}
