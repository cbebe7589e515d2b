package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {

    @Test
    void without_any_setting_the_demo_answers() {
        ModelSettings settings = read(Map.of()).models().get(0);
        assertNull(settings.url());
        assertEquals(Shape.DEMO, settings.shape());
        assertEquals("demo", settings.name());
        assertEquals(new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30)), settings.patience());
        assertEquals(AfterCut.END, read(Map.of()).afterCut());
    }

    @Test
    void or_a_bean_of_the_application_if_there_is_one() {
        ModelSettings settings = ModelsSettings.read(key -> Optional.empty(), Shape.LANGCHAIN4J)
                .models()
                .get(0);
        assertEquals("default (a bean of the application)", settings.toString());
    }

    @Test
    void one_model_can_be_set_without_a_name_to_choose_it_by() {
        ModelsSettings all = read(Map.of(
                "roomcast.model.url", " https://api.openai.com/v1 ",
                "roomcast.model.api-key", "sk-secret",
                "roomcast.model.name", "gpt-5-mini",
                "roomcast.model.stall-timeout", "PT1M"));
        ModelSettings settings = all.models().get(0);
        assertEquals(URI.create("https://api.openai.com/v1"), settings.url());
        assertEquals(Shape.OPENAI, settings.shape());
        assertEquals("gpt-5-mini", settings.name());
        assertEquals("gpt-5-mini", settings.model());
        assertEquals(Duration.ofMinutes(1), all.longest());
    }

    @Test
    void a_provider_may_want_less_and_the_key_elsewhere() {
        String url = "https://tea.openai.azure.com/openai/deployments/m?api-version=1";
        ModelSettings usual = read(Map.of("roomcast.model.url", url)).models().get(0);
        assertTrue(usual.usageInStream());
        assertNull(usual.keyHeader());
        ModelSettings settings = read(Map.of(
                        "roomcast.model.url", url,
                        "roomcast.model.usage-in-stream", "false",
                        "roomcast.model.api-key-header", "api-key"))
                .models()
                .get(0);
        assertFalse(settings.usageInStream());
        assertEquals("api-key", settings.keyHeader());
        assertThrows(
                IllegalArgumentException.class,
                () -> read(Map.of("roomcast.model.url", url, "roomcast.model.api-key-header", "api key")));
        assertThrows(
                IllegalArgumentException.class,
                () -> read(Map.of(
                        "roomcast.model.url", url,
                        "roomcast.model.shape", "anthropic",
                        "roomcast.model.api-key-header", "api-key")));
    }

    @Test
    void several_models_have_names_to_choose_them_by() {
        ModelsSettings all = read(Map.ofEntries(
                Map.entry("roomcast.models", "smart, quick,try"),
                Map.entry("roomcast.models.failover", "smart,quick"),
                Map.entry("roomcast.model.after-cut", "ask-again"),
                Map.entry("roomcast.model.stall-timeout", "PT5S"),
                Map.entry("roomcast.models.smart.url", "https://api.anthropic.com/v1"),
                Map.entry("roomcast.models.smart.shape", "anthropic"),
                Map.entry("roomcast.models.smart.name", "claude-x"),
                Map.entry("roomcast.models.smart.max-tokens", "1000"),
                Map.entry("roomcast.models.smart.window", "200000"),
                Map.entry("roomcast.models.quick.url", "http://localhost:11434/v1"),
                Map.entry("roomcast.models.quick.role", "fast"),
                Map.entry("roomcast.models.quick.prefix", "continue-final-message"),
                Map.entry("roomcast.models.quick.max-answers", "4"),
                Map.entry("roomcast.models.quick.stall-timeout", "PT1S"),
                Map.entry("roomcast.models.try.shape", "demo"),
                Map.entry("roomcast.models.try.offered", "false")));
        ModelSettings smart = all.models().get(0);
        assertEquals("smart", smart.name());
        assertEquals("claude-x", smart.model());
        assertEquals(Shape.ANTHROPIC, smart.shape());
        assertEquals(Prefix.PLAIN, smart.prefix());
        assertEquals(1_000, smart.maxTokens());
        assertEquals(200_000, smart.window());
        assertEquals(199_000, smart.windowForPrompts(), "the longest answer has to fit, too");
        assertEquals(Duration.ofSeconds(5), smart.patience().stall());
        ModelSettings quick = all.models().get(1);
        assertEquals("quick", quick.model());
        assertEquals(ModelRole.FAST, quick.role());
        assertEquals(4, quick.mostAnswers());
        assertEquals(Prefix.CONTINUE_FINAL_MESSAGE, quick.prefix());
        assertEquals(Duration.ofSeconds(1), quick.patience().stall());
        assertFalse(all.models().get(2).offered());
        assertEquals(List.of("smart", "quick"), all.failover());
        assertEquals(AfterCut.ASK_AGAIN, all.afterCut());
    }

    @Test
    void the_longest_answer_fits_into_the_window() {
        Map<String, String> small = Map.of(
                "roomcast.model.url", "https://api.anthropic.com/v1",
                "roomcast.model.shape", "anthropic",
                "roomcast.model.window", "8192");
        ModelSettings model = read(small).models().get(0);
        assertEquals(4_096, model.maxTokens());
        assertEquals(4_096, model.windowForPrompts());
        Map<String, String> more = new HashMap<>(small);
        more.put("roomcast.model.max-tokens", "8193");
        assertEquals(
                "roomcast.model.max-tokens must not be more than window.",
                assertThrows(IllegalArgumentException.class, () -> read(more)).getMessage());
    }

    @Test
    void what_is_logged_of_a_model_tells_no_secret() {
        String logged = read(Map.of(
                        "roomcast.model.url", "https://api.example.com:444/v1?api-key=secret",
                        "roomcast.model.api-key", "sk-secret"))
                .models()
                .get(0)
                .toString();
        assertEquals("default (openai, default at https://api.example.com:444)", logged);
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
        "roomcast.model.shape, secret",
        "roomcast.model.window, -1",
        "roomcast.model.window, secret",
        "roomcast.model.max-answers, 0",
        "roomcast.model.prefix, secret",
        "roomcast.model.role, secret",
        "roomcast.model.offered, yes",
        "roomcast.model.after-cut, secret",
        "roomcast.model.first-token-timeout, 30",
        "roomcast.model.first-token-timeout, PT0S",
        "roomcast.model.stall-timeout, PT-5S",
        "roomcast.model.stall-timeout, PT2H",
        "roomcast.models, Smart",
        "roomcast.models, 'a,a'",
        "roomcast.models, 'a b'",
        "roomcast.models, failover",
        "roomcast.models, 'a,b,c,d,e,f,g,h,i'"
    })
    void a_wrong_value_is_refused_with_a_sentence_that_names_the_key(String key, String value) {
        assertRefused(key, Map.of(key, value));
    }

    @ParameterizedTest
    @CsvSource({
        "roomcast.models.smart.url, ''",
        "roomcast.models.smart.url, shape=anthropic",
        "roomcast.models.smart.shape, shape=demo url=http://x/v1",
        "roomcast.models.smart.prefix, shape=anthropic url=http://x/v1 prefix=continue-final-message",
        "roomcast.models.smart.window, url=http://x/v1 window=many",
        "roomcast.models, shape=demo offered=false"
    })
    void what_is_wrong_with_one_of_several_models_names_its_key(String key, String settings) {
        Map<String, String> values = new HashMap<>(Map.of("roomcast.models", "smart"));
        for (String each : settings.isEmpty() ? new String[0] : settings.split(" ")) {
            values.put("roomcast.models.smart." + each.split("=")[0], each.split("=")[1]);
        }
        assertRefused(key, values);
    }

    @Test
    void models_do_not_share_a_role_nor_take_over_for_strangers() {
        Map<String, String> two = Map.of(
                "roomcast.models", "a,b",
                "roomcast.models.a.shape", "demo",
                "roomcast.models.b.shape", "demo");
        assertRefused(
                "roomcast.models.b.role",
                with(two, "roomcast.models.a.role", "fast", "roomcast.models.b.role", "fast"));
        assertRefused("roomcast.models.failover", with(two, "roomcast.models.failover", "a,c"));
        assertRefused("roomcast.models.failover", with(two, "roomcast.models.failover", "a,a"));
        assertRefused("roomcast.model.url", with(two, "roomcast.model.url", "http://x/v1"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/v1, http://h/v1/chat/completions",
        "http://h/v1/, http://h/v1/chat/completions",
        "http://h, http://h/chat/completions",
        "https://h/deployments/d?api-version=1, https://h/deployments/d/chat/completions?api-version=1"
    })
    void questions_go_below_the_base(String base, String endpoint) {
        Provider provider = new Provider("m", () -> URI.create(base), null, new OpenAiDialect(Prefix.NONE));
        assertEquals(URI.create(endpoint), provider.endpoint());
    }

    private static void assertRefused(String key, Map<String, String> values) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> read(values)).getMessage();
        assertTrue(message.startsWith(key + " must "), message);
        assertTrue(message.endsWith("."), message);
        assertFalse(message.contains("secret"), message);
    }

    private static Map<String, String> with(Map<String, String> values, String... more) {
        Map<String, String> all = new HashMap<>(values);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static ModelsSettings read(Map<String, String> values) {
        return ModelsSettings.read(key -> Optional.ofNullable(values.get(key)), Shape.DEMO);
    }
}
