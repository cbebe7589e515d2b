package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.member.Loopback;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may ask the demo model: this process itself, by its key; and with the development identity also everything on this
 * machine, with any key, so that OpenAI's own clients can be tried on it.
 */
@ApplicationScoped
public class DemoDoor {

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
                || development && Loopback.isOriginOf(request);
    }
}
