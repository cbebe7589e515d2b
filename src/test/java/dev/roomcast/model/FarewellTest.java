package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection whose answer is complete is of use for the next one, once what follows the end has been read, which may take a while. */
class FarewellTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final List<String> farewells = new CopyOnWriteArrayList<>();
    private boolean complete;

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void whoever_has_read_it_takes_the_time() throws Exception {
        read().close();
        assertEquals(List.of("leave", "cut"), farewells);
    }

    @Test
    void whoever_only_ends_it_does_not() throws Exception {
        ModelStream answer = read();
        CompletableFuture.runAsync(answer::close, threads).get(20, TimeUnit.SECONDS);
        assertEquals(List.of("cut"), farewells);
    }

    private ModelStream read() throws ModelFailed {
        ModelStream answer = new ProviderModel(
                        "polite", 0, PATIENCE, once(), new ProviderGate(), 10, new StallWatch(threads))
                .open(ProviderTest.TEA);
        assertEquals("word", answer.next());
        complete = true;
        assertNull(answer.next());
        return answer;
    }

    private Source once() {
        Call call = (Call) Proxy.newProxyInstance(
                Call.class.getClassLoader(),
                new Class<?>[] {Call.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "text" -> complete ? "" : "word";
                    case "isComplete" -> complete;
                    case "isFinished" -> false;
                    case "leave", "cut" -> {
                        farewells.add(method.getName());
                        yield null;
                    }
                    default -> null;
                });
        return new OneCall(call);
    }
}
