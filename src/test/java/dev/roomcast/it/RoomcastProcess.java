package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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

/** One server as a process of its own, on ports of this machine that stay the same when it is started again. One thread. */
public final class RoomcastProcess implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target", "target"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Map<String, String> settings;
    private final NodeServer server;
    private final Path folder;
    private final Path log;
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    /** Of {@code target/roomcast.jar}. */
    public RoomcastProcess(String name, Map<String, String> settings) {
        this(name, settings, NodeServer.RUNNABLE_JAR);
    }

    /**
     * @param name of its log and its folder below {@code target/it}
     * @param settings as the environment has them; nothing else that begins with {@code ROOMCAST_} reaches it, and without any of identity
     *     everybody is who they say they are
     */
    public RoomcastProcess(String name, Map<String, String> settings, NodeServer server) {
        this.name = name;
        this.settings = settings;
        this.server = server;
        this.folder = TARGET.resolve("it/" + name);
        this.log = TARGET.resolve("it/" + name + ".log");
    }

    public static int freePort() {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to start; {@link #awaitReady} says when it has. */
    public RoomcastProcess start() {
        try {
            Files.createDirectories(folder);
            var builder = new ProcessBuilder(server.command(TARGET, folder, port, managementPort));
            builder.environment().keySet().removeIf(key -> key.matches("(ROOMCAST|MP_JWT)_.*"));
            builder.environment().put("ROOMCAST_IDENTITY", "development");
            builder.environment().putAll(settings);
            builder.environment().put("HTTP_HOST", "127.0.0.1");
            builder.environment().put("HTTP_PORT", Integer.toString(port));
            builder.environment().put("WLP_JAR_EXTRACT_ROOT", folder.toString());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    /** With a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private URI health() {
        return server == NodeServer.WILDFLY ? URI.create("http://127.0.0.1:" + managementPort + "/") : address();
    }

    /** Waits until it says that it is ready to let people in. */
    public RoomcastProcess awaitReady() throws InterruptedException {
        await("ready", () -> readiness() == 200);
        return this;
    }

    /** The HTTP status of its readiness; 0 while it does not answer. */
    public int readiness() {
        try {
            var request = HttpRequest.newBuilder(health().resolve("health/ready"))
                    .timeout(Duration.ofSeconds(5))
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
        var deadline = Instant.now().plusSeconds(600);
        while (!condition.holds()) {
            assertTrue(
                    isRunning() && Instant.now().isBefore(deadline), () -> name + " is not " + what + ", see " + log);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What it has cost the processors so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Told to stop, as by a service manager; returns when it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Freezes it, with its connections open. */
    public void pause() {
        Freezing.pause(process);
    }

    public void goOn() {
        Freezing.goOn(process);
    }

    /** All that it, and those of its name before it, have put out: warnings. */
    public String warnings() throws IOException {
        return Files.readString(log);
    }

    /** All that it has logged since it was last started. */
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
        if (process != null) {
            kill();
        }
    }

    /** Asked again and again. */
    public interface Condition {
        boolean holds();
    }
}
