package dev.roomcast.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keycloak's own distribution as a process, with the realm of {@code src/test/resources/keycloak}. */
final class KeycloakServer implements AutoCloseable {

    static final String ADMIN = "admin";
    static final String PASSWORD = "secret";

    private static final Duration PATIENCE = Duration.ofMinutes(10); // it builds itself anew first

    private final Process process;
    private final URI address;

    /** Waits until it knows the realm. */
    KeycloakServer() throws IOException, InterruptedException {
        int port = RoomcastProcess.freePort();
        address = URI.create("http://localhost:" + port + "/");
        process = start(port);
        try {
            Dropped.awaitAnswer(address.resolve("realms/house/.well-known/openid-configuration"), PATIENCE);
        } catch (AssertionError | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** With a slash at the end. */
    URI address() {
        return address;
    }

    private static Process start(int port) throws IOException {
        Path home = Path.of(System.getProperty("it.keycloak.home"));
        Path realm = Path.of("src/test/resources/keycloak/house-realm.json");
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(realm, home.resolve("data/import/house-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        Path log = Path.of(System.getProperty("it.directory"), "keycloak.log");
        ProcessBuilder start = new ProcessBuilder(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        start.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        start.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        return start.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
