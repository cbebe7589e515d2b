package dev.roomcast.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What browsers are told about everything that comes from here: no script or style but our own files, nothing from elsewhere, no
 * guessing of types, no word to others about where somebody was, and in nobody's frame. And not what the server is. Immutable.
 */
@ApplicationScoped
public class PageHeaders {

    private static final String CONNECT = "roomcast.page.connect";
    private static final String FRAMES = "roomcast.page.frame-ancestors";

    /** In which servers name themselves, and their versions. */
    private static final List<String> GIVEAWAYS = List.of("Server", "X-Powered-By");

    private final String policy;
    private final boolean framed;

    protected PageHeaders() {
        this(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()); // for the container's proxy
    }

    /**
     * @param connect origins that the page may speak to besides this server
     * @param authority where the page signs people in, and fetches their tokens; without it the issuer's
     * @param issuer of tokens
     * @param ancestors origins whose pages may show this one in a frame
     */
    @Inject
    public PageHeaders(
            @ConfigProperty(name = CONNECT) Optional<String> connect,
            @ConfigProperty(name = "roomcast.login.authority") Optional<String> authority,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = FRAMES) Optional<String> ancestors) {
        List<String> frames = Origins.list(FRAMES, ancestors);
        this.framed = !frames.isEmpty();
        this.policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "font-src 'self'",
                // Not the pictures of elsewhere that an answer may name: fetching one tells that it was read.
                "img-src 'self'",
                "manifest-src 'self'",
                "connect-src 'self'"
                        + Stream.concat(
                                        authority.or(() -> issuer).map(PageHeaders::originOf).stream(),
                                        Origins.list(CONNECT, connect).stream())
                                .filter(origin -> !origin.isEmpty())
                                .distinct()
                                .map(origin -> " " + origin)
                                .collect(Collectors.joining()),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors " + (framed ? String.join(" ", frames) : "'none'"));
    }

    void addTo(HttpServletResponse response) {
        for (String name : GIVEAWAYS) {
            if (response.containsHeader(name)) {
                response.setHeader(name, "Roomcast"); // no API takes one out again
            }
        }
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (!framed) {
            response.setHeader("X-Frame-Options", "DENY");
        }
    }

    /** The {@code Content-Security-Policy}. */
    public String policy() {
        return policy;
    }

    /** Nothing if it is none that a browser could speak to. */
    private static String originOf(String issuer) {
        try {
            URI uri = URI.create(issuer.strip());
            return Origins.origin("mp.jwt.verify.issuer", uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return ""; // "iss" may be any string (RFC 7519, section 4.1.1)
        }
    }
}
