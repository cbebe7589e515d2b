package dev.roomcast.member;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Keys that do not change: those of one text. Immutable. */
final class KeySet implements PublicKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private final List<JsonWebKey> keys;

    private KeySet(List<JsonWebKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys in this text: a PEM public key, a JWK, or a set of them (RFC 7517), also as Base64, as MicroProfile JWT wants it.
     *
     * @throws JoseException if there is no public key in it
     */
    static KeySet of(String text) throws JoseException {
        String plain = text.strip();
        if (plain.startsWith("-----")) {
            return new KeySet(List.of(pem(plain)));
        }
        if (!plain.startsWith("{")) {
            plain = decoded(plain);
        }
        // Symmetric keys are left out: whoever could read the set could sign with them.
        List<JsonWebKey> keys = (plain.contains("\"keys\"")
                        ? new JsonWebKeySet(plain).getJsonWebKeys()
                        : List.of(JsonWebKey.Factory.newJwk(plain)))
                .stream().filter(PublicJsonWebKey.class::isInstance).toList();
        if (keys.isEmpty()) {
            throw new JoseException("There is no public key in it");
        }
        return new KeySet(keys);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        // One key without a name is the key of every token.
        if (keys.size() == 1 && keys.get(0).getKeyId() == null) {
            return keys.get(0).getKey();
        }
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys);
        resolver.setDisambiguateWithVerifySignature(true);
        return resolver.resolveKey(signature, nesting);
    }

    private static String decoded(String base64) throws JoseException {
        try {
            String plain = new String(
                            Base64.getMimeDecoder()
                                    .decode(base64.replace('-', '+').replace('_', '/')),
                            StandardCharsets.UTF_8)
                    .strip();
            if (plain.startsWith("{")) {
                return plain;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new JoseException("It is neither PEM nor JSON");
    }

    private static JsonWebKey pem(String pem) throws JoseException {
        String body = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
        for (String algorithm : ALGORITHMS) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm)
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
                return JsonWebKey.Factory.newJwk(key);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // Of the other kind, or of none.
            }
        }
        throw new JoseException("It is not a public key in PEM");
    }
}
