package dev.roomcast.connection;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose pages may use this server: its own, and those of {@code roomcast.origins}. Immutable. */
@ApplicationScoped
public class Origins {

    private static final String SETTING = "roomcast.origins";

    private final Set<String> others;

    protected Origins() {
        this(Optional.empty()); // for the container's proxy
    }

    @Inject
    public Origins(@ConfigProperty(name = SETTING) Optional<String> others) {
        this.others = Set.copyOf(list(SETTING, others));
    }

    /**
     * Refuses ({@code not-allowed}) a browser that speaks for another site. Without an {@code Origin} it is no browser
     * (RFC 6455, section 10.2).
     */
    void check(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !isOwn(origin, request.getHeader("Host")) && !isOther(origin)) {
            throw new Refused(Code.NOT_ALLOWED, "This page may not use this server.");
        }
    }

    /** Whether it is one of another site that may use this server. */
    public boolean isOther(String origin) {
        return others.contains(origin.toLowerCase(Locale.ROOT));
    }

    // The scheme is left out: behind a proxy that ends TLS this server does not know it.
    private static boolean isOwn(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The origins in this value, separated by commas. Not injected as a list, since Payara cannot. */
    static List<String> list(String setting, Optional<String> value) {
        return value.stream()
                .flatMap(origins -> Arrays.stream(origins.split(",")))
                .filter(origin -> !origin.isBlank())
                .map(origin -> origin(setting, origin))
                .distinct()
                .toList();
    }

    /**
     * As browsers write it (RFC 6454, section 6.2).
     *
     * @throws IllegalArgumentException if it is none; its message is a sentence that names the setting
     */
    static String origin(String setting, String value) {
        String origin = value.strip().toLowerCase(Locale.ROOT);
        if (!origin.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?")) {
            throw new IllegalArgumentException(
                    setting + " must be origins such as https://portal.example.com, separated by commas.");
        }
        return origin;
    }
}
