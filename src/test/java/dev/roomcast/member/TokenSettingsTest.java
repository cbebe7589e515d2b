package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsTest {

    private static final Map<String, String> GOOD = Map.of(
            "mp.jwt.verify.publickey.location", "https://id.example.com/certs",
            "mp.jwt.verify.issuer", "https://id.example.com");

    @Test
    void with_nothing_set_nobody_comes_in() {
        assertEquals("none", chosen(Map.of()));
    }

    @Test
    void saying_where_the_keys_are_is_enough_for_tokens() {
        assertEquals("oidc", chosen(GOOD));
        assertEquals("oidc", chosen(Map.of("mp.jwt.verify.publickey", "-----BEGIN")));
    }

    @Test
    void development_is_never_on_beside_a_provider() {
        Map<String, String> both = with("roomcast.identity", "development");
        String message =
                assertThrows(IllegalArgumentException.class, () -> chosen(both)).getMessage();
        assertTrue(message.contains("roomcast.identity"), message);
        assertEquals("development", chosen(Map.of("roomcast.identity", "development")));
        assertEquals("none", chosen(with("roomcast.identity", "none")));
    }

    @Test
    void keys_are_fetched_from_urls_and_read_from_files(@TempDir Path folder) throws Exception {
        assertTrue(read(GOOD).areFetched());
        Path file = Files.writeString(folder.resolve("key.pem"), "a key");
        TokenSettings settings =
                read(with("mp.jwt.verify.publickey.location", file.toUri().toString()));
        assertFalse(settings.areFetched());
        assertEquals("a key", settings.keyText());
        TokenSettings missing = read(with("mp.jwt.verify.publickey.location", "/META-INF/none.pem"));
        assertThrows(IllegalArgumentException.class, missing::keyText);
    }

    @ParameterizedTest
    @CsvSource({
        "mp.jwt.verify.issuer, ' '",
        "mp.jwt.verify.publickey, -----BEGIN",
        "mp.jwt.verify.publickey.location, http://x y",
        "mp.jwt.verify.publickey.algorithm, none",
        "mp.jwt.verify.publickey.algorithm, 'RS256,HS256'",
        "mp.jwt.verify.clock.skew, -1",
        "mp.jwt.verify.clock.skew, PT60S",
        "mp.jwt.verify.clock.skew, 3600",
        "mp.jwt.verify.token.age, 0",
    })
    void a_wrong_value_stops_the_start_with_a_sentence_that_names_the_key(String key, String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> read(with(key, value)))
                .getMessage();
        assertTrue(message.contains(key) && message.endsWith("."), message);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(key, value);
        return settings;
    }

    private static String chosen(Map<String, String> settings) {
        return Identities.chosen(key -> Optional.ofNullable(settings.get(key)));
    }

    private static TokenSettings read(Map<String, String> settings) {
        return TokenSettings.read(key -> Optional.ofNullable(settings.get(key)));
    }
}
