package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Whatever somebody shows as a token, and whatever a provider signs: somebody comes in or nobody does; nothing else ever comes of it. */
class TokenFuzzTest {

    private static final String ISSUER = "https://id.example.com/realms/house";
    private static final PublicJsonWebKey KEY = TokenMaker.ec("k1");
    private static final TokenIdentity IDENTITY = identity();
    private static final String GOOD = new TokenMaker(ISSUER, "roomcast", KEY).token("ana");

    /** Shown as it is, and as each part of a good one: nobody can sign but the provider. */
    @FuzzTest(maxDuration = "2m")
    void tokens(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertEquals(Optional.empty(), IDENTITY.verify(text), text);
        String[] parts = GOOD.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            String[] changed = parts.clone();
            changed[i] = text;
            if (!text.equals(parts[i]) && i != 2) { // of a signature the last character has bits that do not count
                assertEquals(Optional.empty(), IDENTITY.verify(String.join(".", changed)), text);
            } else {
                IDENTITY.verify(String.join(".", changed));
            }
        }
    }

    /** Signed by the provider, whatever it is. */
    @FuzzTest(maxDuration = "2m")
    void claims(byte[] bytes) {
        String claims = new String(bytes, StandardCharsets.UTF_8);
        Optional<Member> member = IDENTITY.verify(signed(claims));
        if (member.isPresent()) {
            Member somebody = member.get();
            assertTrue(Names.isUserId(somebody.userId()), claims);
            assertTrue(!somebody.name().isBlank() && somebody.name().length() <= Names.MAX_USER_ID, claims);
            assertTrue(somebody.until().isAfter(Instant.now().minusSeconds(120)), claims);
            assertTrue(somebody.until().toEpochMilli() > 0, claims);
        }
    }

    private static String signed(String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims);
        signature.setAlgorithmHeaderValue(KEY.getAlgorithm());
        signature.setKeyIdHeaderValue(KEY.getKeyId());
        signature.setKey(KEY.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static TokenIdentity identity() {
        Map<String, String> config = Map.of(
                TokenSettings.ISSUER,
                ISSUER,
                TokenSettings.AUDIENCES,
                "roomcast",
                TokenSettings.KEY,
                TokenMaker.published(KEY));
        try {
            return new TokenIdentity(
                    TokenSettings.read(key -> Optional.ofNullable(config.get(key))),
                    KeySet.of(TokenMaker.published(KEY)));
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
