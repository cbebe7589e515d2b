package dev.roomcast.redis;

import dev.roomcast.it.Freezing;
import dev.roomcast.it.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis as a process of its own, on a free port of this machine. */
public final class RedisServer implements AutoCloseable {

    static final String PASSWORD = "s3cret";
    private static final String USER = "roomcast";

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process process;

    private RedisServer(Path folder, int port, List<String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /** So that it keeps all that it has said through {@code kill -9}: told to the kernel before each answer, which "everysec" may put off. */
    public static final List<String> KEEPS = List.of("--appendonly", "yes", "--appendfsync", "no");

    /** Started, and empty; skips the test where there is no Redis. */
    public static RedisServer start(String... settings) {
        Needs.redis();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path folder = Files.createTempDirectory("roomcast-redis");
            RedisServer server = new RedisServer(folder, free.getLocalPort(), List.of(settings));
            free.close();
            server.again();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user that the docs tell operators to make for us, as whom {@link #url} comes. */
    public static List<String> user() {
        try (var lines = Files.lines(Path.of("src/docs/cluster.md"))) {
            String user = lines.map(String::strip)
                    .filter(line -> line.startsWith("user " + USER + " "))
                    .findFirst()
                    .orElseThrow();
            List<String> settings = new ArrayList<>(
                    List.of(user.replace(">password", '>' + PASSWORD).split(" ")));
            settings.set(0, "--user");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Sentinel, which is a Redis as well; the file is its own from now on. */
    static RedisServer sentinel(Path settings) {
        RedisServer server = start(settings.toString(), "--sentinel");
        settings.toFile().deleteOnExit();
        return server;
    }

    public int port() {
        return port;
    }

    public String url() {
        String user = settings.contains(USER) ? USER + ':' + PASSWORD + '@' : "";
        return (tls() ? "rediss://" : "redis://") + user + "127.0.0.1:" + port;
    }

    /** Then nobody comes in without. */
    private boolean tls() {
        return settings.contains("--tls-cert-file");
    }

    /** Starts it, with whatever data it kept. */
    public void again() {
        try {
            List<String> command = new ArrayList<>(List.of(Needs.redis().toString()));
            boolean sentinel = settings.contains("--sentinel");
            command.addAll(sentinel ? settings : List.of()); // its file comes first
            command.addAll(tls() ? List.of("--port", "0", "--tls-port") : List.of("--port"));
            command.addAll(List.of(Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
            command.addAll(sentinel ? List.of() : List.of("--save", ""));
            command.addAll(sentinel ? List.of() : settings);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            awaitPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("Redis has not started, see " + folder, notYet);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** One inline command (Redis protocol), and the beginning of its answer. */
    public String say(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[8_192];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}: what it had in memory only is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws away what it kept on the disk. Only while it does not run. */
    public void forget() {
        deleteBelow(folder);
    }

    private static void deleteBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Freezes it, with its connections open. */
    public void pause() {
        Freezing.pause(process);
    }

    public void goOn() {
        Freezing.goOn(process);
    }

    @Override
    public void close() {
        kill();
        deleteBelow(folder);
        folder.toFile().delete();
    }
}
