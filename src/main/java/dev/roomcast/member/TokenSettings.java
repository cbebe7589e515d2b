package dev.roomcast.member;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * What the configuration says about tokens, under the standard keys of MicroProfile JWT 2.1 (section 9.2). Immutable.
 *
 * @param key the public key or keys themselves, or {@code null}
 * @param location where they are, or {@code null}
 * @param audiences of which a token must name one; empty for any
 * @param algorithms that a signature may have
 * @param skew by which other clocks may be wrong
 * @param age that a token may have, or {@code null} for any
 * @param userClaims the first of these that a token has says who the user is
 */
record TokenSettings(
        String key,
        URI location,
        String issuer,
        List<String> audiences,
        List<String> algorithms,
        Duration skew,
        Duration age,
        List<String> userClaims) {

    static final String KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = "mp.jwt.verify.publickey.location";
    static final String ISSUER = "mp.jwt.verify.issuer";
    static final String AUDIENCES = "mp.jwt.verify.audiences";
    static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    static final String SKEW = "mp.jwt.verify.clock.skew";
    static final String AGE = "mp.jwt.verify.token.age";
    static final String USER_CLAIMS = "roomcast.identity.user-claims";

    /** None of them can be verified with a key that is not a public one, so a public key can never be taken for a secret. */
    private static final Set<String> ASYMMETRIC = Set.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512);

    private static final int MAX_SKEW_SECONDS = 600;

    /** Whether tokens are meant to be verified at all. */
    static boolean isSet(Function<String, Optional<String>> config) {
        return config.apply(KEY).isPresent() || config.apply(LOCATION).isPresent();
    }

    /**
     * @param config the value of a key, if it has one
     * @throws IllegalArgumentException if a value is missing or cannot be meant; its message is a sentence that names the key
     */
    static TokenSettings read(Function<String, Optional<String>> config) {
        if (!isSet(config)) {
            throw new IllegalArgumentException(LOCATION + " or " + KEY + " must say where tokens' public keys are.");
        }
        if (config.apply(KEY).isPresent() && config.apply(LOCATION).isPresent()) {
            throw new IllegalArgumentException("Only one of " + LOCATION + " and " + KEY + " may be set.");
        }
        return new TokenSettings(
                config.apply(KEY).orElse(null),
                config.apply(LOCATION).map(TokenSettings::location).orElse(null),
                config.apply(ISSUER)
                        .map(String::strip)
                        .filter(issuer -> !issuer.isEmpty())
                        .orElseThrow(() -> new IllegalArgumentException(ISSUER + " must say whose tokens are taken.")),
                config.apply(AUDIENCES).map(TokenSettings::list).orElse(List.of()),
                config.apply(ALGORITHM).map(TokenSettings::algorithms).orElse(List.copyOf(ASYMMETRIC)),
                Duration.ofSeconds(config.apply(SKEW)
                        .map(value -> seconds(SKEW, value, 0, MAX_SKEW_SECONDS))
                        .orElse(60)),
                config.apply(AGE)
                        .map(value -> Duration.ofSeconds(seconds(AGE, value, 1, Integer.MAX_VALUE)))
                        .orElse(null),
                list(config.apply(USER_CLAIMS).orElse("upn,preferred_username,sub")));
    }

    /** Whether the keys are fetched, and again when they change. */
    boolean areFetched() {
        return location != null && ("http".equals(location.getScheme()) || "https".equals(location.getScheme()));
    }

    /** The text of keys that are not fetched: set themselves, in a file, or in the application. */
    String keyText() {
        if (key != null) {
            return key;
        }
        try {
            URL url = location.isAbsolute() ? location.toURL() : resource(location.getPath());
            if (url == null) {
                throw wrong(LOCATION, "names a resource that is not there");
            }
            try (InputStream in = url.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(LOCATION + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static URL resource(String path) {
        return Thread.currentThread()
                .getContextClassLoader()
                .getResource(path.startsWith("/") ? path.substring(1) : path);
    }

    private static URI location(String value) {
        try {
            return URI.create(value.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(
                    LOCATION, "must be a URL, such as https://id.example.com/realms/us/protocol/openid-connect/certs");
        }
    }

    private static List<String> algorithms(String value) {
        List<String> algorithms = list(value);
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw wrong(ALGORITHM, "must be one or several of RS256 to RS512, PS256 to PS512, ES256 to ES512");
        }
        return algorithms;
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static int seconds(String key, String value, int least, int most) {
        try {
            int seconds = Integer.parseInt(value.strip());
            if (seconds >= least && seconds <= most) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(key, "must be a number of seconds from " + least + " to " + most);
    }

    private static IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException(key + " " + what + ".");
    }
}
