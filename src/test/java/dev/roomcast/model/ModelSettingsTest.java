package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {

    @Test
    void without_any_setting_the_demo_answers() {
        ModelSettings settings = read(Map.of());
        assertNull(settings.url());
        assertEquals("demo", settings.name());
        assertEquals(Duration.ofSeconds(30), settings.firstToken());
        assertEquals(Duration.ofSeconds(30), settings.stall());
    }

    @Test
    void a_provider_can_be_set() {
        ModelSettings settings = read(Map.of(
                "roomcast.model.url", " https://api.openai.com/v1 ",
                "roomcast.model.api-key", "sk-secret",
                "roomcast.model.name", "gpt-5-mini",
                "roomcast.model.stall-timeout", "PT1M"));
        assertEquals(URI.create("https://api.openai.com/v1"), settings.url());
        assertEquals("gpt-5-mini", settings.name());
        assertEquals(Duration.ofMinutes(1), settings.longest());
        assertFalse(settings.toString().contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "roomcast.model.url, api.openai.com/v1",
        "roomcast.model.url, ftp://x/v1",
        "roomcast.model.url, https://user:pass@x/v1",
        "roomcast.model.url, http://x y/v1",
        "roomcast.model.url, https:///v1",
        "roomcast.model.api-key, two words-secret",
        "roomcast.model.api-key, 'käse-secret'",
        "roomcast.model.name, ' '",
        "roomcast.model.first-token-timeout, 30",
        "roomcast.model.first-token-timeout, PT0S",
        "roomcast.model.stall-timeout, PT-5S",
        "roomcast.model.stall-timeout, PT2H"
    })
    void a_wrong_value_is_refused_with_a_sentence_that_names_the_key(String key, String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> read(Map.of(key, value)))
                .getMessage();
        assertTrue(message.startsWith(key + " must "), message);
        assertTrue(message.endsWith("."), message);
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/v1, http://h/v1/chat/completions",
        "http://h/v1/, http://h/v1/chat/completions",
        "http://h, http://h/chat/completions",
        "https://h/deployments/d?api-version=1, https://h/deployments/d/chat/completions?api-version=1"
    })
    void questions_go_below_the_base(String base, String endpoint) {
        Provider provider = new Provider("m", () -> URI.create(base), null, Duration.ZERO, Duration.ZERO);
        assertEquals(URI.create(endpoint), provider.endpoint());
    }

    private static ModelSettings read(Map<String, String> values) {
        return ModelSettings.read(key -> Optional.ofNullable(values.get(key)));
    }
}
