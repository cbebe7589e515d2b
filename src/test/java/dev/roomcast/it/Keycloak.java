package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real Keycloak with the realm of {@code src/test/resources/keycloak}, and the WAR that takes its tokens (profile
 * {@code keycloak}). {@code @ExtendWith({Deployed.class, Keycloak.class})}, then a parameter of type {@link Realm}.
 */
public final class Keycloak implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        realm(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Realm.class;
    }

    @Override
    public Realm resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return realm(context);
    }

    private static Realm realm(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Keycloak.class))
                .getOrComputeIfAbsent(Realm.class, key -> new Realm(), Realm.class);
    }

    /** The running one, until all tests are over. */
    public static final class Realm implements CloseableResource {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Duration PATIENCE = Duration.ofMinutes(5);
        private static final String ADMIN = "admin";
        private static final String PASSWORD = "secret";

        private final HttpClient http = HttpClient.newHttpClient();
        private final Process process;
        private final URI server;
        private final URI address;

        Realm() {
            try {
                int port = freePort();
                server = URI.create("http://localhost:" + port + "/");
                process = start(port);
                Dropped.awaitAnswer(server.resolve("realms/house/.well-known/openid-configuration"), PATIENCE);
                address = Dropped.deploy(Deployed.archive("keycloak.war", settings()), "api/about");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("Keycloak could not be started", e);
            }
        }

        /** Where the WAR is, with a slash at the end. */
        public URI address() {
            return address;
        }

        /** A token of this user, as the client of the tests gets it. */
        public String token(String user) {
            return token("house", "roomcast-tests", user);
        }

        public String tokenForAnotherService(String user) {
            return token("house", "another-service", user);
        }

        /** From now on tokens are signed with a new key. */
        public void changeKey() {
            String id = admin("GET", "", null).get("id").asText();
            admin(
                    "POST",
                    "/components",
                    "{\"name\":\"new\",\"providerId\":\"rsa-generated\",\"providerType\":\"org.keycloak.keys.KeyProvider\",\"parentId\":\""
                            + id + "\",\"config\":{\"priority\":[\"200\"],\"algorithm\":[\"RS256\"]}}");
        }

        private String token(String realm, String client, String user) {
            Map<String, String> form = Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    client,
                    "username",
                    user,
                    "password",
                    PASSWORD,
                    "scope",
                    "openid");
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            server.resolve("realms/" + realm + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form.entrySet().stream()
                            .map(field ->
                                    field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))));
            return answer(request).get("access_token").asText();
        }

        private JsonNode admin(String method, String path, String body) {
            return answer(HttpRequest.newBuilder(server.resolve("admin/realms/house" + path))
                    .header("Authorization", "Bearer " + token("master", "admin-cli", ADMIN))
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        }

        private JsonNode answer(HttpRequest.Builder request) {
            try {
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                assertTrue(response.statusCode() / 100 == 2, response.statusCode() + ": " + response.body());
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** What the WAR must be told: what the README tells those who have a Keycloak. */
        private String settings() {
            String issuer = server + "realms/house";
            return String.join(
                    "\n",
                    "config_ordinal=500",
                    "roomcast.identity=oidc",
                    "mp.jwt.verify.publickey.location=" + issuer + "/protocol/openid-connect/certs",
                    "mp.jwt.verify.issuer=" + issuer,
                    "mp.jwt.verify.audiences=roomcast",
                    "roomcast.login.client-id=roomcast-page",
                    "roomcast.roles.reader=readers",
                    "roomcast.roles.moderator=mods",
                    "roomcast.rooms=board",
                    "roomcast.rooms.board.member=group:staff");
        }

        private static Process start(int port) throws IOException {
            Path home = Path.of(System.getProperty("it.keycloak.home"));
            Path realm = Path.of("src/test/resources/keycloak/house-realm.json");
            Files.createDirectories(home.resolve("data/import"));
            Files.copy(realm, home.resolve("data/import/house-realm.json"));
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

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }
}
