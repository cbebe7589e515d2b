package dev.roomcast.it.protocol;

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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One server as a process of its own that shares a Redis with others. */
final class Node implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Map<String, String> settings;
    private final NodeServer server;
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    /** From {@code target/roomcast.jar}. */
    Node(String name, Map<String, String> settings) {
        this(name, settings, NodeServer.RUNNABLE_JAR);
    }

    /** @param settings as the environment has them; without any of identity everybody is who they say they are */
    Node(String name, Map<String, String> settings, NodeServer server) {
        this.name = name;
        this.settings = settings;
        this.server = server;
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to start; {@link #awaitReady} says when it has. */
    Node start() {
        try {
            Path folder = Files.createDirectories(TARGET.resolve("it/nodes"));
            ProcessBuilder builder =
                    new ProcessBuilder(server.command(TARGET, folder.resolve(name), port, managementPort));
            builder.environment().keySet().removeIf(key -> key.matches("(ROOMCAST|MP_JWT)_.*"));
            builder.environment().put("ROOMCAST_IDENTITY", "development");
            builder.environment().putAll(settings);
            builder.environment().put("HTTP_HOST", "127.0.0.1");
            builder.environment().put("HTTP_PORT", Integer.toString(port));
            builder.environment()
                    .put("WLP_JAR_EXTRACT_ROOT", folder.resolve(name).toString());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve(name + ".log").toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private URI health() {
        return server == NodeServer.WILDFLY ? URI.create("http://127.0.0.1:" + managementPort + "/") : address();
    }

    boolean isReady() throws InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(health().resolve("health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Node awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(600);
        while (true) {
            if (isReady()) {
                return this;
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(name + " has not started, see target/it/nodes/" + name + ".log");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What it has cost the processors so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Told to stop, as by a service manager; returns when it has. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** Freezes it, with its connections open. */
    void pause() {
        signal("-STOP");
    }

    void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
