package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.ScriptedProvider.Call;
import dev.roomcast.model.ScriptedProvider.Script;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that take over from each other, each a provider of its own on a real socket. */
class FailoverTest extends ProviderTest {

    private static final Patience PATIENT = new Patience(LONG, LONG);

    private final Speech openai = Speech.OPENAI;
    private final Speech anthropic = Speech.ANTHROPIC;

    @BeforeAll
    static void beTheImplementation() {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    }

    @Override
    ClientBuilder newBuilder() {
        return new ResteasyClientBuilderImpl();
    }

    @Test
    void who_answers_at_once_is_asked_alone() throws Exception {
        ModelStream answer = open(two(AfterCut.END, openai::oneWord));
        assertEquals("word", readAll(answer));
        assertNull(answer.ending().model(), "it is the one that was asked");
        assertEquals(0, providers.get(1).requests().size());
    }

    @Test
    void who_fails_before_the_first_token_is_followed_by_the_next_and_the_end_tells_who_it_was() throws Exception {
        ModelStream answer = open(two(AfterCut.END, call -> call.reply(401, "", "{}"), anthropic::oneWord));
        assertEquals("word", readAll(answer));
        assertEquals("quick", answer.ending().model());
        assertEquals(new ModelStream.Usage(7, 3), answer.ending().usage());
    }

    @Test
    void when_all_fail_the_one_that_was_asked_says_why() throws Exception {
        ModelStream answer =
                open(two(AfterCut.END, call -> call.reply(404, "", "{}"), call -> call.reply(500, "", "{}")));
        assertEquals("model-not-found", failure(answer).code());
        assertEquals("model-not-found", failure(answer).code());
    }

    @Test
    void a_silent_one_leaves_time_for_the_next() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        List<ProviderModel> both = both(call -> call.awaitEnd(ended), anthropic::oneWord);
        ModelStream answer = open(new FailoverModel(both, Duration.ofSeconds(3), AfterCut.END));
        assertEquals("word", readAll(answer));
        assertTrue(ended.await(20, TimeUnit.SECONDS), "and is hung up on");
    }

    @Test
    void all_of_them_together_have_no_more_time_than_one() throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        List<ProviderModel> both = both(call -> call.awaitEnd(ended), call -> call.awaitEnd(ended));
        ModelStream answer = open(new FailoverModel(both, Duration.ofSeconds(1), AfterCut.END));
        assertEquals("model-stalled", failure(answer).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roomcast.model.after-cut=continue", "roomcast.models.failover=smart,quick"})
    void a_model_that_has_a_longer_time_of_its_own_is_waited_for_with(String setting) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thought = new CountDownLatch(1);
        Models models = succession(setting, call -> {
            asked.countDown();
            thought.await();
            openai.oneWord(call);
        });
        ModelStream answer = open(models.named("smart"));
        CompletableFuture<String> word = CompletableFuture.supplyAsync(() -> first(answer), timer);
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        ProviderModel hasty = model(
                "hasty",
                provider(call -> call.awaitEnd(new CountDownLatch(1))).url(),
                null,
                openai.dialect(),
                new Patience(SHORT, LONG));
        assertEquals("model-stalled", failure(open(hasty)).code(), "so long is the common time");
        thought.countDown();
        assertEquals("word", word.get(20, TimeUnit.SECONDS));
        assertEquals(1, providers.get(0).requests().size());
    }

    @Test
    void each_leaves_to_those_that_may_follow_their_own_time_but_no_more_than_an_even_part() {
        Duration left = Duration.ofSeconds(180);
        Duration usual = Duration.ofSeconds(30);
        assertEquals(left, FailoverStream.share(left, List.of()));
        assertEquals(Duration.ofSeconds(150), FailoverStream.share(left, List.of(usual)));
        assertEquals(Duration.ofSeconds(90), FailoverStream.share(left, List.of(left)));
        assertEquals(Duration.ofSeconds(90), FailoverStream.share(left, List.of(left, usual)));
        assertEquals(Duration.ofSeconds(10), FailoverStream.share(usual, List.of(usual, left)));
    }

    @Test
    void what_was_declined_is_not_asked_elsewhere() throws Exception {
        ModelStream answer = open(two(AfterCut.END, call -> {
            openai.begin(call);
            openai.finish(call, "content_filter");
            openai.end(call);
        }));
        assertEquals("model-declined", failure(answer).code());
        assertEquals(0, providers.get(1).requests().size());
    }

    @Test
    void what_a_filter_blocked_is_not_asked_elsewhere() throws Exception {
        String blocked = "{\"error\":{\"code\":\"content_filter\",\"status\":400}}";
        ModelStream answer = open(two(AfterCut.END, call -> call.reply(400, "", blocked), anthropic::oneWord));
        assertEquals("model-declined", failure(answer).code());
        assertEquals(0, providers.get(1).requests().size());
    }

    @Test
    void what_was_stopped_is_not_asked_elsewhere() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = open(two(AfterCut.END, call -> {
            asked.countDown();
            call.awaitEnd(ended);
        }));
        CompletableFuture<ModelFailed> waiting = CompletableFuture.supplyAsync(() -> failure(answer), timer);
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        answer.close();
        assertEquals("model-stopped", waiting.get(20, TimeUnit.SECONDS).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals(0, providers.get(1).requests().size());
    }

    @Test
    void a_model_that_is_full_is_followed_by_the_next() throws Exception {
        ScriptedProvider busy = provider(call -> {
            openai.begin(call);
            openai.token(call, "half");
            call.awaitEnd(new CountDownLatch(1));
        });
        ProviderModel smart = model("smart", busy.url(), null, openai.dialect(), PATIENT, new ProviderGate(), 1);
        ProviderModel quick = quick(anthropic::oneWord);
        assertEquals("half", open(smart).next(), "its only place is taken");
        assertEquals("model-full", failure(open(smart)).code());
        ModelStream answer = open(new FailoverModel(List.of(smart, quick), LONG, AfterCut.END));
        assertEquals("word", readAll(answer));
    }

    @Test
    void a_place_is_free_again_when_its_answer_is_closed() throws Exception {
        ProviderModel smart = model(
                "smart",
                provider(this::half, openai::oneWord).url(),
                null,
                openai.dialect(),
                PATIENT,
                new ProviderGate(),
                1);
        ModelStream first = open(smart);
        assertEquals("half", first.next());
        first.close();
        assertEquals("word", readAll(open(smart)));
    }

    @Test
    void after_the_first_token_nobody_takes_over_unless_that_is_wished() throws Exception {
        ModelStream answer = open(two(AfterCut.END, this::half, anthropic::oneWord));
        assertEquals("half", answer.next());
        assertEquals("model-cut", failure(answer).code());
        assertEquals(0, providers.get(1).requests().size());
    }

    @Test
    void asked_again_after_a_cut_the_next_one_answers_from_the_beginning_behind_a_seam() throws Exception {
        ModelStream answer = open(two(AfterCut.ASK_AGAIN, this::half, anthropic::oneWord));
        assertEquals("half" + Seam.again("half") + "word", readAll(answer));
        assertEquals("quick", answer.ending().model());
        assertNull(answer.ending().usage(), "what the second one tells is not all of it");
        assertFalse(providers.get(1).requests().get(0).contains("half"));
    }

    @Test
    void there_is_one_seam_and_no_second() throws Exception {
        ScriptedProvider first = provider(this::half, openai::oneWord);
        ProviderModel smart = model("smart", first.url(), null, openai.dialect(), PATIENT);
        ProviderModel quick = quick(call -> {
            anthropic.begin(call);
            anthropic.token(call, "more");
            call.cut();
        });
        ModelStream answer = open(new FailoverModel(List.of(smart, quick), LONG, AfterCut.ASK_AGAIN));
        assertEquals("half", answer.next());
        assertEquals(Seam.again("half") + "more", answer.next());
        assertEquals("model-cut", failure(answer).code());
    }

    @Test
    void continued_after_a_cut_the_provider_is_given_the_beginning_and_says_the_rest() throws Exception {
        ScriptedProvider provider = provider(
                call -> {
                    anthropic.begin(call);
                    anthropic.token(call, "one, two ");
                    call.cut();
                },
                call -> {
                    anthropic.begin(call);
                    anthropic.token(call, "three");
                    anthropic.finish(call, "stop");
                    anthropic.end(call);
                });
        ProviderModel smart = model("smart", provider.url(), null, anthropic.dialect(), PATIENT);
        ModelStream answer = open(new FailoverModel(List.of(smart), LONG, AfterCut.CONTINUE));
        assertEquals("one, two " + Seam.rest("") + "three", readAll(answer));
        assertTrue(
                provider.requests().get(1).endsWith("{\"role\":\"assistant\",\"content\":\"one, two\"}]}"),
                provider.requests().get(1));
    }

    @Test
    void who_cannot_go_on_from_a_beginning_is_not_asked_to() throws Exception {
        ModelStream answer = open(two(AfterCut.CONTINUE, this::half));
        assertEquals("half", answer.next());
        assertEquals("model-cut", failure(answer).code());
        assertEquals(1, providers.get(0).requests().size());
    }

    @Test
    void what_cannot_be_mended_ends_as_it_broke() throws Exception {
        ModelStream answer = open(two(AfterCut.ASK_AGAIN, this::half, call -> call.reply(401, "", "{}")));
        assertEquals("half", answer.next());
        assertEquals("model-cut", failure(answer).code());
    }

    private void half(Call call) throws IOException {
        openai.begin(call);
        openai.token(call, "half");
        call.cut();
    }

    /** Two of which only the first has more time than is common. */
    private Models succession(String setting, Script smart) throws IOException {
        Map<String, String> values = new HashMap<>(Map.of(
                "roomcast.models", "smart,quick",
                "roomcast.models.smart.url", provider(smart).url().toString(),
                "roomcast.models.quick.url", provider().url().toString(),
                "roomcast.model.first-token-timeout", SHORT.toString(),
                "roomcast.models.smart.first-token-timeout", LONG.toString()));
        values.put(setting.split("=")[0], setting.split("=")[1]);
        ModelsSettings settings = ModelsSettings.read(key -> Optional.ofNullable(values.get(key)), Shape.DEMO);
        return Succession.of(
                settings,
                settings.models().stream()
                        .collect(Collectors.toMap(
                                ModelSettings::name,
                                each -> model(each.name(), each.url(), null, openai.dialect(), each.patience()))));
    }

    private static String first(ModelStream answer) {
        try {
            return answer.next();
        } catch (ModelFailed e) {
            return e.code();
        }
    }

    private LanguageModel two(AfterCut afterCut, Script smart, Script... quick) throws IOException {
        return new FailoverModel(both(smart, quick), LONG, afterCut);
    }

    private List<ProviderModel> both(Script smart, Script... quick) throws IOException {
        return List.of(model("smart", provider(smart).url(), null, openai.dialect(), PATIENT), quick(quick));
    }

    private ProviderModel quick(Script... scripts) throws IOException {
        return model("quick", provider(scripts).url(), null, anthropic.dialect(), PATIENT);
    }
}
