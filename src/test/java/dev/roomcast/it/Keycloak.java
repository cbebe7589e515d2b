package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real Keycloak, and the WAR that takes its tokens (profile {@code keycloak}). {@code @ExtendWith({Deployed.class, Keycloak.class})},
 * then a parameter of type {@link Realm}.
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

        private final HttpClient http = HttpClient.newHttpClient();
        private final KeycloakServer server;
        private final URI address;
        private int priority = 100; // of keys that it begins with

        Realm() {
            try {
                server = new KeycloakServer();
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

        /** From now on tokens are signed with a new key; the others are published as before. */
        public void changeKey() {
            String id = admin("GET", "", null, 200).get("id").asText();
            String key = JSON.createObjectNode()
                    .put("name", "rotated")
                    .put("providerId", "rsa-generated")
                    .put("providerType", "org.keycloak.keys.KeyProvider")
                    .put("parentId", id)
                    .set(
                            "config",
                            JSON.valueToTree(Map.of(
                                    "priority", new String[] {"" + ++priority}, "algorithm", new String[] {"RS256"})))
                    .toString();
            admin("POST", "/components", key, 201);
        }

        /** The key that this token was signed with is none of the realm's any more. */
        public void withdrawKeyOf(String token) {
            String header = new String(
                    java.util.Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
                    StandardCharsets.UTF_8);
            try {
                String name = JSON.readTree(header).get("kid").asText();
                for (JsonNode key : admin("GET", "/keys", null, 200).get("keys")) {
                    if (key.get("kid").asText().equals(name)) {
                        admin("DELETE", "/components/" + key.get("providerId").asText(), null, 204);
                        return;
                    }
                }
                throw new AssertionError("The realm has no key " + name);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
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
                    KeycloakServer.PASSWORD,
                    "scope",
                    "openid");
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            server.address().resolve("realms/" + realm + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form.entrySet().stream()
                            .map(field ->
                                    field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))));
            return answer(request, 200).get("access_token").asText();
        }

        private JsonNode admin(String method, String path, String body, int status) {
            return answer(
                    HttpRequest.newBuilder(server.address().resolve("admin/realms/house" + path))
                            .header("Authorization", "Bearer " + token("master", "admin-cli", KeycloakServer.ADMIN))
                            .header("Content-Type", "application/json")
                            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)),
                    status);
        }

        private JsonNode answer(HttpRequest.Builder request, int status) {
            try {
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                assertEquals(status, response.statusCode(), response::body);
                return JSON.readTree(response.body());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** What the WAR must be told: what the README tells those who have a Keycloak. */
        private String settings() {
            String issuer = server.address() + "realms/house";
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

        @Override
        public void close() throws InterruptedException {
            server.close();
        }
    }
}
