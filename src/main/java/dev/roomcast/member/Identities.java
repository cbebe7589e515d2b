package dev.roomcast.member;

import dev.roomcast.concurrent.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jose4j.http.Get;
import org.jose4j.lang.JoseException;

/** Chooses how people are known here: by {@code roomcast.identity}, or since {@code mp.jwt.verify.*} says how to verify tokens. */
@ApplicationScoped
public class Identities {

    private static final System.Logger LOG = System.getLogger(Identities.class.getName());
    private static final String SETTING = "roomcast.identity";
    private static final String NONE = "none";
    private static final int FETCH_MILLIS = 1_500; // to connect, and again to read
    private static final long LOOK_SECONDS = 1;

    @Produces
    @ApplicationScoped
    Identity identity(DevelopmentIdentity development, Config config, Threads threads) {
        Function<String, Optional<String>> settings = key -> config.getOptionalValue(key, String.class);
        switch (chosen(settings)) {
            case NONE:
                LOG.log(
                        Level.ERROR,
                        "No identity is set, so nobody can come in: set " + TokenSettings.LOCATION + " and "
                                + TokenSettings.ISSUER + " to those of your OpenID Connect provider.");
                return new NoIdentity();
            case DevelopmentIdentity.NAME:
                LOG.log(
                        Level.WARNING,
                        "DEVELOPMENT IDENTITY IS ON: whoever reaches this server from this machine is who they say they are."
                                + " Never run it like this for others (roomcast.identity=development).");
                return development;
            default:
                return tokens(TokenSettings.read(settings), threads);
        }
    }

    /** @throws IllegalArgumentException if that cannot be told from the settings; its message is a sentence that names them */
    static String chosen(Function<String, Optional<String>> settings) {
        boolean tokens = TokenSettings.isSet(settings);
        String chosen = settings.apply(SETTING).orElse(tokens ? TokenIdentity.NAME : NONE);
        switch (chosen) {
            case NONE, TokenIdentity.NAME:
                return chosen;
            case DevelopmentIdentity.NAME:
                if (tokens) {
                    // Whoever has a provider must not be left with an open house by a setting that came from elsewhere.
                    throw new IllegalArgumentException(
                            SETTING + " is \"development\", but " + TokenSettings.LOCATION + " or " + TokenSettings.KEY
                                    + " is set: set " + SETTING + " to \"oidc\", or unset the other.");
                }
                return chosen;
            default:
                throw new IllegalArgumentException(
                        SETTING + " must be \"oidc\", \"development\" or \"none\", not \"" + chosen + "\".");
        }
    }

    private static Identity tokens(TokenSettings settings, Threads threads) {
        if (settings.audiences().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Tokens are taken whatever service they were issued for: set " + TokenSettings.AUDIENCES + ".");
        }
        return new TokenIdentity(settings, settings.areFetched() ? fetched(settings, threads) : given(settings));
    }

    private static PublicKeys given(TokenSettings settings) {
        try {
            return KeySet.of(settings.keyText());
        } catch (JoseException e) {
            throw new IllegalArgumentException(
                    (settings.key() == null ? TokenSettings.LOCATION : TokenSettings.KEY) + ": " + e.getMessage() + ".",
                    e);
        }
    }

    private static PublicKeys fetched(TokenSettings settings, Threads threads) {
        Get get = new Get();
        get.setConnectTimeout(FETCH_MILLIS);
        get.setReadTimeout(FETCH_MILLIS);
        get.setRetries(0); // the next look is the retry
        String url = settings.location().toString();
        FetchedKeys keys =
                new FetchedKeys(() -> get.get(url).getBody(), threads.growing("roomcast-keys", 1), System::nanoTime);
        threads.timer().scheduleWithFixedDelay(keys::maintain, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        return keys;
    }
}
