package dev.roomcast.member;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * For trying Roomcast out on one's own machine: everybody is who they say they are. Its tokens are signed with a key that
 * is made at the start and never leaves the process, so they end with it.
 */
@ApplicationScoped
@Typed(DevelopmentIdentity.class)
public class DevelopmentIdentity implements Identity {

    public static final String NAME = "development";
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final String ISSUER = "roomcast-development";
    private static final int MAX_TOKEN = 8 * 1024;

    private final HmacKey key;
    private final JwtConsumer consumer;

    public DevelopmentIdentity() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new HmacKey(secret);
        this.consumer = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setRequireSubject()
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(ISSUER)
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Somebody of this name, who is the same person whenever they come by it. */
    public Member called(String wanted) {
        String name = Names.name(wanted);
        return new Member(Names.userId(name), name, false);
    }

    /** A token for them. */
    public String token(Member member) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(ISSUER);
        claims.setSubject(member.userId());
        claims.setStringClaim("name", member.name());
        claims.setExpirationTimeMinutesInTheFuture(LIFETIME.toMinutes());
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("This Java cannot sign with HMAC-SHA-256", e);
        }
    }

    @Override
    public Optional<Member> verify(String bearer) {
        if (bearer.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = consumer.processToClaims(bearer);
            Instant until = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            return Optional.of(
                    new Member(claims.getSubject(), claims.getStringClaimValue("name"), false, Set.of(), until));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }
}
