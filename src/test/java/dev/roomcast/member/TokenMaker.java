package dev.roomcast.member;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Makes tokens as an identity provider would, and such as nobody should take. */
public final class TokenMaker {

    private final String issuer;
    private final String audience;
    private final PublicJsonWebKey key;

    public TokenMaker(String issuer, String audience, PublicJsonWebKey key) {
        this.issuer = issuer;
        this.audience = audience;
        this.key = key;
    }

    public static RsaJsonWebKey rsa(String kid) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(kid);
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static PublicJsonWebKey ec(String kid) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(kid);
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static String published(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    public String token(String user) {
        return token(user, claims -> {});
    }

    /** @param change to the claims of a good one */
    public String token(String user, Consumer<JwtClaims> change) {
        return signed(claims(user, change), key);
    }

    private JwtClaims claims(String user, Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject(user);
        claims.setIssuedAt(ago(600));
        claims.setExpirationTimeMinutesInTheFuture(10);
        change.accept(claims);
        return claims;
    }

    private static String signed(JwtClaims claims, PublicJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(key.getAlgorithm());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        return compact(signature);
    }

    private static String compact(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** @param seconds before now */
    public static NumericDate ago(long seconds) {
        NumericDate then = NumericDate.now();
        then.addSeconds(-seconds);
        return then;
    }

    /** Everything that must not open any door. */
    public List<Hostile> hostile(String user) {
        String good = token(user);
        String[] parts = good.split("\\.");
        List<Hostile> hostile = new ArrayList<>();
        hostile.add(new Hostile("empty", ""));
        hostile.add(new Hostile("no token at all", "nonsense"));
        hostile.add(new Hostile("expired", token(user, c -> c.setExpirationTime(ago(90)))));
        hostile.add(new Hostile("without an end", token(user, c -> c.unsetClaim("exp"))));
        hostile.add(new Hostile("not yet valid", token(user, c -> c.setNotBeforeMinutesInThePast(-10))));
        hostile.add(new Hostile("wrong issuer", token(user, c -> c.setIssuer(issuer + "-of-evil"))));
        hostile.add(new Hostile("without issuer", token(user, c -> c.unsetClaim("iss"))));
        hostile.add(new Hostile("wrong audience", token(user, c -> c.setAudience("another-service"))));
        hostile.add(new Hostile("without audience", token(user, c -> c.unsetClaim("aud"))));
        hostile.add(new Hostile("wrong key", signed(claims(user, c -> {}), rsa(key.getKeyId()))));
        hostile.add(new Hostile("a key of nobody", signed(claims(user, c -> {}), rsa("nobody"))));
        hostile.add(new Hostile("alg none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + "."));
        hostile.add(new Hostile("alg None", encoded("{\"alg\":\"None\"}") + "." + parts[1] + "." + parts[2]));
        hostile.add(new Hostile("HMAC with the public key", hmac(user)));
        hostile.add(new Hostile("no signature", parts[0] + "." + parts[1] + "."));
        hostile.add(new Hostile("tampered", parts[0] + "." + tampered(parts[1]) + "." + parts[2]));
        hostile.add(new Hostile("with a key of its own", ownKey(user)));
        hostile.add(new Hostile("nobody's", token(user, c -> c.unsetClaim("sub"))));
        hostile.add(new Hostile("an unreadable user", token("a\u202eb")));
        hostile.add(new Hostile("encrypted", parts[0] + "." + parts[1] + ".x.y.z"));
        hostile.add(new Hostile("17 KiB", token(user, c -> c.setStringClaim("more", "x".repeat(13 * 1024)))));
        return hostile;
    }

    private String hmac(String user) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims(user, c -> {}).toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        return compact(signature);
    }

    private String ownKey(String user) {
        RsaJsonWebKey own = rsa("own");
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims(user, c -> {}).toJson());
        signature.setAlgorithmHeaderValue(own.getAlgorithm());
        signature.setJwkHeader(own);
        signature.setKey(own.getPrivateKey());
        return compact(signature);
    }

    private static String tampered(String payload) {
        String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        return encoded(claims.replace("\"sub\":\"", "\"sub\":\"admin-"));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A token that must not open any door. */
    public record Hostile(String what, String token) {

        @Override
        public String toString() {
            return what;
        }
    }
}
