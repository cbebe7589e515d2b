package dev.roomcast.member;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses how people are known here, by {@code roomcast.identity}. */
@ApplicationScoped
public class Identities {

    private static final System.Logger LOG = System.getLogger(Identities.class.getName());

    @Produces
    @ApplicationScoped
    Identity identity(
            DevelopmentIdentity development, @ConfigProperty(name = "roomcast.identity") Optional<String> wanted) {
        switch (wanted.orElse("none")) {
            case "none":
                LOG.log(Level.ERROR, "No identity is set, so nobody can come in: set roomcast.identity.");
                return new NoIdentity();
            case "development":
                LOG.log(
                        Level.WARNING,
                        "DEVELOPMENT IDENTITY IS ON: whoever reaches this server from this machine is who they say they are."
                                + " Never run it like this for others (roomcast.identity=development).");
                return development;
            default:
                throw new IllegalArgumentException(
                        "roomcast.identity must be \"development\" or \"none\", not \"" + wanted.get() + "\".");
        }
    }
}
