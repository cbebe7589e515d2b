package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A real HAProxy with the configuration that the docs show, in front of two nodes. */
public final class LoadBalancer implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("roomcast.target", "target"));
    private static final Path LOG = TARGET.resolve("it/haproxy.log");

    private final int port;
    private final Process process;

    /** Skips the test where there is none. */
    public LoadBalancer(RoomcastProcess one, RoomcastProcess two) throws IOException {
        port = RoomcastProcess.freePort();
        var builder = new ProcessBuilder(Needs.loadBalancer().toString(), "-db", "-f", "src/docs/haproxy.cfg");
        builder.environment().put("ROOMCAST_BIND", "127.0.0.1:" + port);
        builder.environment().put("ROOMCAST_NODE_1", "127.0.0.1:" + one.port());
        builder.environment().put("ROOMCAST_NODE_2", "127.0.0.1:" + two.port());
        Files.createDirectories(LOG.getParent());
        process = builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        var deadline = Instant.now().plusSeconds(20);
        while (true) {
            assertTrue(process.isAlive() && Instant.now().isBefore(deadline), () -> "not started, see " + LOG);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    /** Where clients go, with a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
