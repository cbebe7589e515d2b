package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that waits where it cannot be hung up on, as for a name server. */
@Timeout(60)
class StuckReaderTest {

    private static final Patience SHORT = new Patience(Duration.ofMillis(300), Duration.ofMillis(300));

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final CountDownLatch loose = new CountDownLatch(1);

    @AfterEach
    void close() {
        loose.countDown();
        threads.shutdownNow();
    }

    @Test
    void others_can_tell_that_its_time_is_over_until_it_comes_loose_and_says_so_itself() throws Exception {
        ModelStream answer = stuck().open(ProviderTest.TEA);
        assertNull(answer.stuck());
        CompletableFuture<ModelFailed> reader =
                CompletableFuture.supplyAsync(() -> ProviderTest.failure(answer), threads);
        assertEquals("model-stalled", awaitStuck(answer).code());
        loose.countDown();
        assertEquals("model-stalled", reader.get(20, TimeUnit.SECONDS).code());
        assertNull(answer.stuck());
    }

    @Test
    void so_can_they_where_models_take_over_from_each_other() {
        ModelStream answer =
                new FailoverModel(List.of(stuck(), stuck()), SHORT.firstToken(), AfterCut.END).open(ProviderTest.TEA);
        threads.execute(() -> ProviderTest.failure(answer));
        assertEquals("model-stalled", awaitStuck(answer).code());
    }

    private ProviderModel stuck() {
        Call call = (Call) Proxy.newProxyInstance(
                Call.class.getClassLoader(), new Class<?>[] {Call.class}, (proxy, method, args) -> {
                    if (method.getName().equals("ask")) {
                        loose.await();
                        throw Fault.UNREACHABLE.failure();
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
        return new ProviderModel("stuck", 0, SHORT, new OneCall(call), new ProviderGate(), 10, new StallWatch(threads));
    }

    private static ModelFailed awaitStuck(ModelStream answer) {
        ModelFailed why;
        while ((why = answer.stuck()) == null) {
            Thread.yield();
        }
        return why;
    }
}
