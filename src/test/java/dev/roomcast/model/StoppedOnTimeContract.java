package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * When a stopped answer's connection is gone, seen by the provider. Of nine stops the one in the middle counts, so that a machine that is
 * busy with something else for a moment fails no build.
 */
abstract class StoppedOnTimeContract extends ProviderTest {

    private static final int STOPS = 9;

    @Test
    void within_100_ms_when_tokens_flow() throws Exception {
        long[] took = new long[STOPS];
        for (int i = 0; i < STOPS; i++) {
            CompletableFuture<Long> gone = new CompletableFuture<>();
            ModelStream answer = ask(call -> {
                call.stream();
                try {
                    while (true) {
                        call.token("x");
                        TimeUnit.MILLISECONDS.sleep(5); // the provider's pace
                    }
                } catch (IOException e) {
                    gone.complete(System.nanoTime());
                }
            });
            answer.next();
            took[i] = stop(answer, gone);
        }
        assertMiddle(took, 100);
    }

    @Test
    void within_a_second_when_the_provider_is_silent() throws Exception {
        long[] took = new long[STOPS];
        for (int i = 0; i < STOPS; i++) {
            CountDownLatch asked = new CountDownLatch(1);
            CompletableFuture<Long> gone = new CompletableFuture<>();
            boolean headers = i % 2 == 0;
            ModelStream answer = ask(call -> {
                if (headers) {
                    call.stream();
                }
                asked.countDown();
                CountDownLatch ended = new CountDownLatch(1);
                call.awaitEnd(ended);
                if (ended.getCount() == 0) {
                    gone.complete(System.nanoTime());
                }
            });
            CompletableFuture.runAsync(() -> failure(answer), timer);
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            took[i] = stop(answer, gone);
        }
        assertMiddle(took, 1_000);
    }

    private static long stop(ModelStream answer, CompletableFuture<Long> gone) throws Exception {
        long stopped = System.nanoTime();
        answer.close();
        return TimeUnit.NANOSECONDS.toMillis(gone.get(20, TimeUnit.SECONDS) - stopped);
    }

    private static void assertMiddle(long[] took, long most) {
        Arrays.sort(took);
        assertTrue(took[STOPS / 2] <= most, () -> Arrays.toString(took));
    }

    private ModelStream ask(ScriptedProvider.Script script) throws IOException {
        return open(model("m", provider(script).url(), null, new OpenAiDialect(Prefix.NONE), new Patience(LONG, LONG)));
    }
}
