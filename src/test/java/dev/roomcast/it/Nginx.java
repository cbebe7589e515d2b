package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A real nginx with the configuration that the docs show, in front of two nodes. */
public final class Nginx implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target", "target"));

    private final int port;
    private final Process process;

    /** Skips the test where there is none. */
    public Nginx(RoomcastProcess one, RoomcastProcess two) throws IOException {
        Path program = Needs.nginx();
        port = RoomcastProcess.freePort();
        Path folder = Files.createDirectories(TARGET.toAbsolutePath().resolve("it/nginx"));
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(settings, settings(folder, one.port(), two.port()));
        process = new ProcessBuilder(
                        program.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        settings.toString(),
                        "-e",
                        folder.resolve("error.log").toString(),
                        "-g",
                        "daemon off; pid " + folder.resolve("nginx.pid") + ";")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        var deadline = Instant.now().plusSeconds(20);
        while (true) {
            assertTrue(process.isAlive() && Instant.now().isBefore(deadline), () -> "not started, see " + folder);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    /** As the docs have it, with the addresses of this machine, and nothing written outside of the folder. */
    private String settings(Path folder, int one, int two) throws IOException {
        StringBuilder here = new StringBuilder("http {\n");
        for (String path : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            here.append("    ")
                    .append(path)
                    .append("_temp_path ")
                    .append(folder.resolve(path))
                    .append(";\n");
        }
        String shown = Files.readString(Path.of("src/docs/nginx.conf"));
        String changed = shown.replace("http {\n", here)
                .replace("/var/log/nginx/", folder + "/")
                .replace("listen 8080", "listen 127.0.0.1:" + port)
                .replace("10.0.0.1:9080", "127.0.0.1:" + one)
                .replace("10.0.0.2:9080", "127.0.0.1:" + two);
        assertTrue(
                !changed.contains("10.0.0.") && !changed.contains("/var/") && changed.contains("listen 127.0.0.1:"),
                changed);
        return changed;
    }

    /** Where clients go, with a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** In order, with its workers. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
