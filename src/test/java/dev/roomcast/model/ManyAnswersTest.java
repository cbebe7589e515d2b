package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.ScriptedProvider.Call;
import dev.roomcast.model.ScriptedProvider.Script;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two hundred answers at once, of which half fail in different ways: each ends as it should, and nothing is left of any. */
class ManyAnswersTest extends ProviderTest {

    private static final int EACH = 20;

    private final Speech speech = Speech.OPENAI;

    @BeforeAll
    static void beTheImplementation() {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    }

    @Override
    ClientBuilder newBuilder() {
        return new ResteasyClientBuilderImpl();
    }

    @Test
    void every_one_ends_and_nothing_is_left_behind() throws Exception {
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Collections.addAll(
                    scripts,
                    speech::oneWord,
                    speech::oneWord,
                    speech::oneWord,
                    speech::oneWord,
                    speech::oneWord,
                    call -> call.reply(500, "", "{}"),
                    call -> call.reply(200, "Content-Type: text/html\r\n", "<html>"),
                    this::cut,
                    this::stall,
                    call -> call.reply(429, "Retry-After: 3600\r\n", "{}"));
        }
        ScriptedProvider provider = provider(scripts.toArray(new Script[0]));
        ProviderModel model = model(
                "m",
                provider.url(),
                null,
                speech.dialect(),
                new Patience(LONG, Duration.ofSeconds(3)),
                new ProviderGate(),
                scripts.size());
        Map<String, Integer> ends = all(model, scripts.size());

        assertEquals(
                Map.of(
                        "word",
                        5 * EACH,
                        "model-error",
                        EACH,
                        "model-garbled",
                        EACH,
                        "model-cut",
                        EACH,
                        "model-stalled",
                        EACH,
                        "model-busy",
                        EACH),
                ends);
        assertEquals(0, watch.watched(), "nobody watches what has ended");
        letGo();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (provider.open() > 0) {
            assertTrue(System.nanoTime() < deadline, () -> provider.open() + " connections are left");
            TimeUnit.MILLISECONDS.sleep(20); // between two looks
        }
    }

    private void cut(Call call) throws Exception {
        speech.begin(call);
        speech.token(call, "half");
        call.cut();
    }

    private void stall(Call call) throws Exception {
        speech.begin(call);
        speech.token(call, "half");
        call.awaitEnd(new CountDownLatch(1));
    }

    /** How many ended in which way, asked all at once. */
    private Map<String, Integer> all(ProviderModel model, int count) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<String>> asked = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                asked.add(threads.submit(() -> {
                    try (ModelStream answer = open(model)) {
                        return readAll(answer);
                    } catch (ModelFailed e) {
                        return e.code();
                    }
                }));
            }
            Map<String, Integer> ends = new TreeMap<>();
            for (Future<String> each : asked) {
                ends.merge(each.get(50, TimeUnit.SECONDS), 1, Integer::sum);
            }
            return ends;
        } finally {
            threads.shutdown();
            assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS), "a thread is left");
        }
    }
}
