package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * People are known by the tokens of an OpenID Connect provider, as MicroProfile JWT describes them. Verified here and not by the
 * server: each of the three servers has a way of its own of letting a bad token in where nobody has to be known.
 *
 * <p>Thread-safe. Blocks at the most as long as {@link FetchedKeys} says.
 */
final class TokenIdentity implements Identity {

    static final String NAME = "oidc";

    /** A longer one is not even parsed. In UTF-16 code units, which are bytes here. */
    static final int MAX_TOKEN = 16 * 1024;

    private static final int MAX_GROUPS = 1_000;

    /** The last second of the year 9999. A later one cannot be meant, and is too large for some who count on with it. */
    private static final long LATEST = 253_402_300_799L;

    private final TokenSettings settings;
    private final PublicKeys keys;
    private final JwtConsumer consumer;

    TokenIdentity(TokenSettings settings, PublicKeys keys) {
        this.settings = settings;
        this.keys = keys;
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setExpectedIssuer(settings.issuer())
                .setAllowedClockSkewInSeconds((int) settings.skew().toSeconds())
                .setVerificationKeyResolver(keys)
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, settings.algorithms().toArray(String[]::new)));
        if (settings.audiences().isEmpty()) {
            builder.setSkipDefaultAudienceValidation();
        } else {
            builder.setExpectedAudience(settings.audiences().toArray(String[]::new));
        }
        if (settings.age() != null) {
            builder.setRequireIssuedAt()
                    .setIssuedAtRestrictions(0, (int) settings.age().toSeconds());
        }
        this.consumer = builder.build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReady() {
        return keys.isReady();
    }

    @Override
    public Optional<Member> verify(String bearer) {
        if (bearer.length() > MAX_TOKEN || !isSigned(bearer)) {
            return Optional.empty();
        }
        try {
            return member(consumer.processToClaims(bearer));
        } catch (InvalidJwtException e) {
            // That its key could not be asked for says nothing about the token.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refused refused) {
                    throw refused;
                }
            }
            return Optional.empty();
        } catch (MalformedClaimException e) {
            return Optional.empty();
        }
    }

    /** Three parts: what is encrypted has five, and is not unpacked here. */
    private static boolean isSigned(String bearer) {
        return bearer.chars().filter(c -> c == '.').count() == 2;
    }

    private Optional<Member> member(JwtClaims claims) throws MalformedClaimException {
        String userId = null;
        for (String claim : settings.userClaims()) {
            if (userId == null) {
                userId = claims.getStringClaimValue(claim);
            }
        }
        if (!Names.isUserId(userId)) {
            return Optional.empty();
        }
        String name = Names.readable(claims.getClaimValue("name") instanceof String text ? text : userId, userId);
        return Optional.of(new Member(userId, name, false, groups(claims), until(claims)));
    }

    private static Set<String> groups(JwtClaims claims) throws MalformedClaimException {
        if (!claims.hasClaim("groups")) {
            return Set.of();
        }
        List<String> groups = claims.getStringListClaimValue("groups");
        if (groups.size() > MAX_GROUPS || groups.stream().anyMatch(Objects::isNull)) {
            throw new MalformedClaimException("Too many groups, or such without a name");
        }
        return Set.copyOf(groups);
    }

    private Instant until(JwtClaims claims) throws MalformedClaimException {
        NumericDate end = claims.getExpirationTime();
        if (settings.age() != null) {
            NumericDate old = claims.getIssuedAt();
            old.addSeconds(settings.age().toSeconds());
            end = old.isBefore(end) ? old : end;
        }
        if (end.getValue() > LATEST) {
            throw new MalformedClaimException("An end that no calendar knows");
        }
        return Instant.ofEpochSecond(end.getValue()).plus(settings.skew());
    }
}
