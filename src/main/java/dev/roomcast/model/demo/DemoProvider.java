package dev.roomcast.model.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the demo model is reached: where, and with which key. The key is made at the start and never leaves the process. */
@ApplicationScoped
public class DemoProvider {

    private static final String URL = "roomcast.demo.url";

    private final OwnAddress address;
    private final URI configured;
    private final String key;

    protected DemoProvider() { // for the container's proxy
        this(null, Optional.empty());
    }

    /** @throws IllegalArgumentException if the configured URL cannot be meant */
    @Inject
    public DemoProvider(OwnAddress address, @ConfigProperty(name = URL) Optional<String> url) {
        this.address = address;
        this.configured = url.map(DemoProvider::checked).orElse(null);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** The base that {@code /chat/completions} follows, or {@code null} as long as this server does not know its address. */
    public URI base() {
        if (configured != null) {
            return configured;
        }
        URI root = address.root();
        return root == null ? null : URI.create(root + "/demo/v1");
    }

    public String key() {
        return key;
    }

    private static URI checked(String value) {
        try {
            URI url = new URI(value.strip());
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(URL + " must be a URL such as http://127.0.0.1:9080/demo/v1.");
    }
}
