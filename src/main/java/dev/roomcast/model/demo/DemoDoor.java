package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may ask the demo model: this process itself, by its key; and with the development identity also everything on this
 * machine, with any key, so that OpenAI's own clients can be tried on it.
 */
@ApplicationScoped
public class DemoDoor {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final List<String> OF_A_PROXY = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final byte[] authorization;
    private final boolean development;

    protected DemoDoor() { // for the container's proxy
        this("", false);
    }

    @Inject
    public DemoDoor(DemoProvider provider, @ConfigProperty(name = "roomcast.identity") Optional<String> identity) {
        this(provider.key(), identity.filter("development"::equals).isPresent());
    }

    DemoDoor(String key, boolean development) {
        this.authorization = ("Bearer " + key).getBytes(UTF_8);
        this.development = development;
    }

    boolean isOpenTo(HttpServletRequest request) {
        String said = request.getHeader("Authorization");
        return said != null && MessageDigest.isEqual(authorization, said.getBytes(UTF_8))
                || development && isLocal(request);
    }

    /** From this machine, by its own name (else a page whose DNS name points here could ask, too), through no proxy. */
    private static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && LOOPBACK_NAMES.contains(host(request.getHeader("Host")))
                && OF_A_PROXY.stream().noneMatch(header -> request.getHeader(header) != null);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String host(String header) {
        return header == null ? "" : header.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    }
}
