package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose token is good, and who they are. */
class TokenIdentityTest {

    private static final String ISSUER = "https://id.example.com/realms/house";
    private static final PublicJsonWebKey KEY = TokenMaker.rsa("k1");
    private static final TokenMaker PROVIDER = new TokenMaker(ISSUER, "roomcast", KEY);

    static Stream<TokenMaker.Hostile> hostile() {
        return PROVIDER.hostile("ana").stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nobody_comes_in_with_a_token(TokenMaker.Hostile hostile) {
        assertEquals(Optional.empty(), identity(Map.of()).verify(hostile.token()));
    }

    @Test
    void a_megabyte_is_not_even_parsed() {
        assertEquals(Optional.empty(), identity(Map.of()).verify("x".repeat(1 << 20)));
    }

    @Test
    void a_good_one_says_who_somebody_is_and_how_long_for() {
        NumericDate end = NumericDate.now();
        end.addSeconds(300);
        Member ana = verify(Map.of(), PROVIDER.token("4711", claims -> {
            claims.setStringClaim("upn", "ana@example.com");
            claims.setStringClaim("preferred_username", "ana");
            claims.setStringClaim("name", "Ana\u202e  García");
            claims.setStringListClaim("groups", "staff", "admins");
            claims.setExpirationTime(end);
        }));
        assertEquals("ana@example.com", ana.userId());
        assertEquals("Ana García", ana.name());
        assertEquals(Set.of("staff", "admins"), ana.groups());
        assertEquals(Instant.ofEpochSecond(end.getValue()).plusSeconds(60), ana.until());
    }

    @Test
    void who_has_no_upn_is_known_by_preferred_username_and_then_by_sub() {
        assertEquals("4711", verify(Map.of(), PROVIDER.token("4711")).userId());
        String token = PROVIDER.token("4711", claims -> claims.setStringClaim("preferred_username", "ana"));
        assertEquals("ana", verify(Map.of(), token).userId());
        assertEquals(
                "4711", verify(Map.of(TokenSettings.USER_CLAIMS, "sub"), token).userId());
    }

    @Test
    void clocks_may_differ_by_a_minute_or_by_what_is_set() {
        String late = PROVIDER.token("ana", claims -> claims.setExpirationTime(TokenMaker.ago(30)));
        assertTrue(identity(Map.of()).verify(late).isPresent());
        assertTrue(identity(Map.of(TokenSettings.SKEW, "10")).verify(late).isEmpty());
    }

    @Test
    void a_token_may_be_too_old_although_it_has_not_ended() {
        String old = PROVIDER.token("ana", claims -> claims.setIssuedAt(TokenMaker.ago(3_000)));
        assertTrue(identity(Map.of(TokenSettings.AGE, "60")).verify(old).isEmpty());
        Member ana = verify(Map.of(TokenSettings.AGE, "3600"), old);
        assertTrue(ana.until().isBefore(Instant.now().plus(661, ChronoUnit.SECONDS)), ana::toString);
    }

    @Test
    void a_token_that_does_not_say_how_old_it_is_may_be_too_old() {
        String ageless = PROVIDER.token("ana", claims -> claims.unsetClaim("iat"));
        assertTrue(identity(Map.of(TokenSettings.AGE, "3600")).verify(ageless).isEmpty());
        assertTrue(identity(Map.of()).verify(ageless).isPresent(), "where any age will do");
    }

    @Test
    void without_an_audience_set_any_will_do() {
        String other = PROVIDER.token("ana", claims -> claims.setAudience("another-service"));
        assertTrue(identity(Map.of(TokenSettings.AUDIENCES, "")).verify(other).isPresent());
    }

    @Test
    void only_the_algorithm_that_is_set_is_taken() {
        assertTrue(identity(Map.of(TokenSettings.ALGORITHM, "ES256"))
                .verify(PROVIDER.token("ana"))
                .isEmpty());
    }

    @Test
    void elliptic_curves_will_do_and_of_several_keys_the_right_one_is_found() throws JoseException {
        PublicJsonWebKey ec = TokenMaker.ec("k2");
        Identity identity = identity(Map.of(), KeySet.of(TokenMaker.published(KEY, ec, TokenMaker.rsa("k3"))));
        assertTrue(identity.verify(PROVIDER.token("ana")).isPresent());
        assertTrue(identity.verify(new TokenMaker(ISSUER, "roomcast", ec).token("ana"))
                .isPresent());
    }

    @Test
    void a_key_may_be_given_as_pem_or_as_base64() throws JoseException {
        String der = java.util.Base64.getMimeEncoder()
                .encodeToString(KEY.getPublicKey().getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n";
        String encoded = java.util.Base64.getUrlEncoder()
                .encodeToString(TokenMaker.published(KEY).getBytes());
        for (String text : List.of(pem, encoded)) {
            Identity identity = identity(Map.of(), KeySet.of(text));
            assertTrue(identity.verify(PROVIDER.token("ana")).isPresent(), text);
            PROVIDER.hostile("ana")
                    .forEach(hostile ->
                            assertTrue(identity.verify(hostile.token()).isEmpty(), hostile::what));
        }
    }

    private static Member verify(Map<String, String> settings, String token) {
        return identity(settings).verify(token).orElseThrow();
    }

    private static Identity identity(Map<String, String> settings) {
        try {
            return identity(settings, KeySet.of(TokenMaker.published(KEY)));
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static Identity identity(Map<String, String> more, PublicKeys keys) {
        Map<String, String> settings = new HashMap<>(Map.of(
                TokenSettings.LOCATION,
                ISSUER + "/certs",
                TokenSettings.ISSUER,
                ISSUER,
                TokenSettings.AUDIENCES,
                "roomcast, roomcast-test"));
        settings.putAll(more);
        return new TokenIdentity(TokenSettings.read(key -> Optional.ofNullable(settings.get(key))), keys);
    }
}
