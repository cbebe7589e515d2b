package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import dev.roomcast.model.ScriptedProvider;
import dev.roomcast.model.ScriptedProvider.Call;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people notice of a server that has a thousand answers under way, how soon they see what a model says first, and how soon a stopped answer's provider is hung up on
 * (CONTRIBUTING.md says how to run it). Not among the tests, since it takes a quiet machine.
 */
@ExtendWith(Deployed.class)
class AnswersBench {

    private static final int ROOMS = 250;
    private static final int EACH = 4;
    private static final int PACE_MS = 500;
    private static final int LOADS = 60;
    private static final long LOADED_MS = 200;
    private static final int STOPS = 15;
    private static final int WARMING = 200;
    private static final int FIRSTS = 100;
    private static final int EACH_MAY = 8;
    private static final long FIRST_MICROS = 2_000;
    private static final long FLOWING_MS = 100;
    private static final long SILENT_MS = 1_000;

    private static final Pattern PART = Pattern.compile("(?:src|href)=\"\\./?(assets/[^\"]+)\"");

    private final URI server;
    private final Deployed.WithTokens scripted;

    AnswersBench(URI server, Deployed.WithTokens scripted) {
        this.server = server;
        this.scripted = scripted;
    }

    @Test
    void the_page_is_there_at_once_while_a_thousand_answers_are_under_way() {
        try (House house = new House(server)) {
            long[] idle = pageLoads(house);
            System.out.println("page, idle server: " + told(idle));
            Map<Client, List<String>> asked = ask(house);
            long[] busy = pageLoads(house);
            System.out.println("page, " + ROOMS * EACH + " answers under way: " + told(busy));

            Client ana = house.client(Transport.WEB_SOCKET, house.person("Ana"));
            ana.join("one-more");
            long said = System.nanoTime();
            ana.say("Is there still room?");
            System.out.println("a message, meanwhile: " + millis(said) + " ms");
            asked.keySet()
                    .forEach(client ->
                            assertEquals(0, client.<Integer>see(shown -> shown.endings.size()), "some have ended"));
            asked.forEach((client, answers) -> answers.forEach(one -> client.tell("ai-stop", "answerId", one)));
            asked.forEach((client, answers) -> answers.forEach(
                    one -> client.awaitScreen("the end of " + one, shown -> shown.endings.containsKey(one))));
            assertTrue(busy[LOADS * 95 / 100] < LOADED_MS, told(busy));
        }
    }

    @Test
    void a_stopped_answers_provider_hears_of_it_at_once() throws Exception {
        try (House house = new House(scripted.address(), scripted.provider())) {
            long[] flowing = new long[STOPS];
            long[] silent = new long[STOPS];
            for (int i = 0; i < STOPS; i++) {
                flowing[i] = stop(house, AnswersBench::flow);
                silent[i] = stop(house, i % 2 == 0 ? Call::stream : call -> {});
            }
            Arrays.sort(flowing);
            Arrays.sort(silent);
            System.out.println("from ai-stop to the end of the provider's connection, tokens flow: " + told(flowing));
            System.out.println("from ai-stop to the end of the provider's connection, silent: " + told(silent));
            assertTrue(flowing[STOPS / 2] <= FLOWING_MS, told(flowing));
            assertTrue(silent[STOPS / 2] <= SILENT_MS, told(silent));
        }
    }

    @Test
    void what_the_model_says_first_is_seen_at_once() throws Exception {
        try (House house = new House(scripted.address(), scripted.provider())) {
            long[] took = new long[FIRSTS];
            Client client = null;
            for (int i = -WARMING; i < FIRSTS; i++) {
                if (client == null || (WARMING + i) % EACH_MAY == 0) {
                    client = house.client(Transport.WEB_SOCKET, house.person("Ana"));
                    client.join("first-" + House.unique());
                }
                long first = first(client, "word" + (WARMING + i));
                if (i >= 0) {
                    took[i] = first;
                }
            }
            Arrays.sort(took);
            System.out.println("from the provider's first token to the reader, in microseconds: median "
                    + took[FIRSTS / 2] + ", 95 % within " + took[FIRSTS * 95 / 100]);
            assertTrue(took[FIRSTS / 2] <= FIRST_MICROS, took[FIRSTS / 2] + " microseconds");
        }
    }

    private long first(Client client, String word) throws Exception {
        CompletableFuture<Long> said = new CompletableFuture<>();
        CompletableFuture<Long> seen = new CompletableFuture<>();
        scripted.model().always(call -> {
            call.stream();
            said.complete(System.nanoTime());
            call.token(word);
            call.finish();
            call.done();
            call.end();
        });
        client.eachPosition(shown -> {
            if (!seen.isDone() && shown.answers.containsValue(word)) {
                seen.complete(System.nanoTime());
            }
        });
        String answer = client.answerTo(client.tell("ai-query", "prompt", "Say " + word, "model", "scripted"))
                .get("answerId")
                .asText();
        assertEquals(word, client.wholeAnswer(answer));
        return TimeUnit.NANOSECONDS.toMicros(seen.get(20, TimeUnit.SECONDS) - said.get(20, TimeUnit.SECONDS));
    }

    private static Map<Client, List<String>> ask(House house) {
        Map<Client, List<String>> asked = new LinkedHashMap<>();
        for (int i = 0; i < ROOMS; i++) {
            Client client = house.client(Transport.WEB_SOCKET, house.person("Ana"));
            client.join("bench-" + i);
            List<String> answers = new ArrayList<>();
            for (int j = 0; j < EACH; j++) {
                answers.add(client.ask(Visit.tokens(20_000, PACE_MS)));
            }
            asked.put(client, answers);
        }
        asked.forEach((client, answers) -> answers.forEach(answer -> client.awaitScreen(
                "the first words of " + answer,
                shown -> !shown.answers.getOrDefault(answer, "").isEmpty())));
        return asked;
    }

    /** The page and all that it names, one after the other, in milliseconds, sorted. */
    private static long[] pageLoads(House house) {
        long[] took = new long[LOADS];
        for (int i = 0; i < LOADS; i++) {
            long begun = System.nanoTime();
            String page = load(house, "");
            PART.matcher(page).results().map(MatchResult::group).forEach(part -> {
                load(house, part.substring(part.indexOf("assets/"), part.length() - 1));
            });
            took[i] = millis(begun);
        }
        Arrays.sort(took);
        return took;
    }

    private static String load(House house, String path) {
        var reply = house.send(house.request(path, null).build());
        assertEquals(200, reply.statusCode(), path);
        return reply.body();
    }

    /** From the command to the end of the provider's connection, in milliseconds. */
    private long stop(House house, ScriptedProvider.Script beginning) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Long> gone = new CompletableFuture<>();
        scripted.model().always(call -> {
            beginning.play(call);
            asked.countDown();
            CountDownLatch ended = new CountDownLatch(1);
            call.awaitEnd(ended);
            gone.complete(System.nanoTime());
        });
        Client client = house.client(Transport.WEB_SOCKET, house.person("Ana"));
        client.join("stop-" + House.unique());
        String answer = client.answerTo(client.tell("ai-query", "prompt", "Tell me all.", "model", "scripted"))
                .get("answerId")
                .asText();
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        long stopped = System.nanoTime();
        client.tell("ai-stop", "answerId", answer);
        return TimeUnit.NANOSECONDS.toMillis(gone.get(20, TimeUnit.SECONDS) - stopped);
    }

    /** Goes on for as long as somebody listens, at a pace of a hundred tokens a second. */
    private static void flow(Call call) throws IOException {
        call.stream();
        call.token("flows");
        CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    call.token("x");
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                // Nobody listens any more.
            }
        });
    }

    private static long millis(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    private static String told(long[] sorted) {
        return "median " + sorted[sorted.length / 2] + " ms, 95 % within " + sorted[sorted.length * 95 / 100]
                + " ms, longest " + sorted[sorted.length - 1] + " ms";
    }
}
