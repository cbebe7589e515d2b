package dev.roomcast.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where and as which client the page lets people sign in; it can do so once a client id is set. Immutable. */
@ApplicationScoped
public class Login {

    private static final String AUTHORITY = "roomcast.login.authority";
    private static final String CLIENT = "roomcast.login.client-id";
    private static final String ISSUER = "mp.jwt.verify.issuer";

    private final Told told;

    protected Login() {
        this.told = null; // for the container's proxy
    }

    @Inject
    public Login(
            @ConfigProperty(name = AUTHORITY) Optional<String> authority,
            @ConfigProperty(name = ISSUER) Optional<String> issuer,
            @ConfigProperty(name = CLIENT) Optional<String> client,
            @ConfigProperty(name = "roomcast.login.scope") String scope) {
        this.told = client.map(String::strip)
                .filter(id -> !id.isEmpty())
                .map(id -> new Told(address(authority, issuer), id, scope.strip()))
                .orElse(null);
    }

    /**
     * What the page is told.
     *
     * @param authority where the provider's {@code /.well-known/openid-configuration} is
     */
    public record Told(String authority, String clientId, String scope) {}

    /** Empty if the page cannot let anybody sign in. */
    public Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    private static String address(Optional<String> authority, Optional<String> issuer) {
        String setting = authority.isPresent() ? AUTHORITY : ISSUER;
        String text = authority.or(() -> issuer).map(String::strip).orElse("");
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(setting
                + " must be the address of your identity provider, such as https://id.example.com/realms/us, since "
                + CLIENT + " is set.");
    }
}
