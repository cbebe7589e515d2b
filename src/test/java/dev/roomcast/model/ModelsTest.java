package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.room.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsTest {

    @Test
    void whoever_chooses_nothing_gets_the_default_and_the_first_is_it_unless_another_says_so() {
        assertEquals("a", models("roomcast.models", "a,b").named(null).name());
        assertEquals(
                "b",
                models("roomcast.models", "a,b", "roomcast.models.b.role", "default")
                        .named(null)
                        .name());
    }

    @Test
    void a_model_is_chosen_by_its_name() {
        assertEquals("b", models("roomcast.models", "a,b").named("b").name());
    }

    @Test
    void a_name_that_no_model_has_is_refused_and_so_is_one_that_is_not_offered() {
        Models models = models("roomcast.models", "a,b", "roomcast.models.b.offered", "false");
        for (String name : List.of("c", "", "b", "A")) {
            assertEquals(
                    Refused.Code.NO_SUCH_MODEL,
                    assertThrows(Refused.class, () -> models.named(name)).code());
        }
    }

    @Test
    void whoever_names_a_role_gets_the_model_that_has_it_or_else_the_default() {
        Models models = models("roomcast.models", "a,b", "roomcast.models.b.role", "translation");
        assertEquals("b", models.wanted(null, "translation").name());
        assertEquals("a", models.wanted(null, "fast").name());
        assertEquals("a", models.wanted(null, "default").name());
        assertEquals("b", models.wanted("b", null).name());
        assertEquals("a", models.wanted(null, null).name());
    }

    @Test
    void a_role_leads_to_its_model_also_where_that_is_not_offered_by_its_name() {
        Models models = models(
                "roomcast.models", "a,b,c", "roomcast.models.b.role", "fast", "roomcast.models.b.offered", "false");
        assertEquals("b", models.wanted(null, "fast").name());
        assertRefused(Refused.Code.NO_SUCH_MODEL, models, "b", null);
        assertEquals(
                List.of(true, true, true),
                List.of("a", "b", "c").stream().map(models::mayBeAsked).toList());
    }

    @Test
    void what_is_no_role_is_refused_and_so_are_a_model_and_a_role_at_once() {
        Models models = models("roomcast.models", "fast,b", "roomcast.models.b.role", "fast");
        for (String role : List.of("", "Fast", "b", "slow")) {
            assertRefused(Refused.Code.NO_SUCH_MODEL, models, null, role);
        }
        assertRefused(Refused.Code.BAD_FRAME, models, "b", "fast");
        assertEquals("fast", models.wanted("fast", null).name(), "a model may be called like a role");
    }

    @Test
    void a_question_that_was_taken_is_for_its_model_as_long_as_that_is_there() {
        Models models = models(
                "roomcast.models", "a,b", "roomcast.models.b.role", "default", "roomcast.models.b.offered", "false");
        assertEquals("b", models.asked(models.wanted(null, null).name()).name());
        assertThrows(Refused.class, () -> models.asked("c"));
        assertFalse(models.mayBeAsked("c"));
    }

    @Test
    void people_are_told_of_those_that_they_may_choose() {
        Models models = models(
                "roomcast.models", "a,b,c", "roomcast.models.b.offered", "false", "roomcast.models.c.role", "fast");
        assertEquals(
                List.of("a", "c"),
                models.offered().stream().map(Models.Entry::name).toList());
        assertEquals(
                List.of(ModelRole.DEFAULT, ModelRole.FAST),
                models.offered().stream().map(Models.Entry::role).toList());
    }

    @Test
    void the_window_of_models_that_take_over_from_each_other_is_the_smallest() {
        Models models = models(
                "roomcast.models", "a,b,c",
                "roomcast.models.failover", "a,b",
                "roomcast.models.a.window", "8000",
                "roomcast.models.b.window", "4000",
                "roomcast.models.c.window", "2000");
        assertEquals(4_000, models.named("a").window());
        assertEquals(2_000, models.named("c").window());
    }

    private static void assertRefused(Refused.Code code, Models models, String name, String role) {
        assertEquals(
                code,
                assertThrows(Refused.class, () -> models.wanted(name, role)).code());
    }

    private static Models models(String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        for (String name : values.get("roomcast.models").split(",")) {
            values.put("roomcast.models." + name + ".shape", "demo");
        }
        ModelsSettings settings = ModelsSettings.read(key -> Optional.ofNullable(values.get(key)), Shape.DEMO);
        Map<String, ProviderModel> made = new LinkedHashMap<>();
        for (ModelSettings each : settings.models()) {
            made.put(each.name(), new ProviderModel(each.name(), each.window(), each.patience(), null, null, 1, null));
        }
        return Succession.of(settings, made);
    }
}
