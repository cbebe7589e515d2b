package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoStreamTest {

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final AtomicInteger over = new AtomicInteger();
    private final CountDownLatch completed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @RepeatedTest(20)
    void an_answer_is_exact_however_the_container_can_write() throws Exception {
        MoodyOutput out = new MoodyOutput();
        play("[[demo tokens=400 numbered gap=100us]]", out);
        assertTrue(completed.await(20, TimeUnit.SECONDS));
        String written = out.written.toString(UTF_8);
        int from = 0;
        for (int i = 0; i < 400; i++) {
            from = written.indexOf("\"content\":\"" + (i == 0 ? "t0" : " t" + i) + "\"", from);
            assertTrue(from > 0, "token " + i);
        }
        assertTrue(written.endsWith("data: [DONE]\n\n"));
        assertEquals(1, over.get());
        assertFalse(out.misused, "written while it could not be");
    }

    @Test
    void a_cut_answer_ends_without_saying_so() throws Exception {
        MoodyOutput out = new MoodyOutput();
        play("[[demo tokens=400 numbered gap=0ms fault=cut at=3]]", out);
        assertTrue(completed.await(20, TimeUnit.SECONDS));
        String written = out.written.toString(UTF_8);
        assertTrue(written.contains(" t2") && !written.contains(" t3"));
        assertFalse(written.contains("[DONE]") || written.contains("\"stop\""));
    }

    @Test
    void a_stalled_answer_ends_when_the_container_has_waited_long_enough() throws Exception {
        MoodyOutput out = new MoodyOutput();
        DemoStream stream = play("[[demo tokens=400 numbered gap=0ms fault=stall at=3]]", out);
        assertFalse(completed.await(300, TimeUnit.MILLISECONDS));
        stream.onTimeout(null);
        assertTrue(completed.await(20, TimeUnit.SECONDS));
        assertEquals(1, over.get());
    }

    @Test
    void a_reader_who_left_frees_the_place_once() throws Exception {
        MoodyOutput out = new MoodyOutput();
        out.broken = true;
        DemoStream stream = play("[[demo tokens=400 numbered]]", out);
        assertTrue(completed.await(20, TimeUnit.SECONDS));
        stream.onError(new IOException("gone"));
        assertEquals(1, over.get());
    }

    private DemoStream play(String prompt, MoodyOutput out) throws IOException {
        DemoQuestion question = new DemoQuestion(prompt, List.of(), 1, true, true);
        DemoDirective directive = DemoDirective.in(prompt);
        DemoScore score = new DemoScore(question, directive, DemoAnswer.to(question, directive), "id", 0);
        DemoStream stream = new DemoStream(context(out), score, timer, over::incrementAndGet);
        stream.start();
        return stream;
    }

    private AsyncContext context(ServletOutputStream out) {
        ServletResponse response = stub(
                ServletResponse.class,
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
        return stub(AsyncContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("complete")) {
                completed.countDown();
            }
            return method.getName().equals("getResponse") ? response : null;
        });
    }

    private static <T> T stub(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Now and then it cannot write; then it says so at once, later, on this thread or on another. */
    private final class MoodyOutput extends ServletOutputStream {

        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final Random random = new Random(7);
        private WriteListener listener;
        private boolean ready = true;
        volatile boolean misused;
        volatile boolean broken;

        @Override
        public void setWriteListener(WriteListener listener) {
            this.listener = listener;
            timer.execute(this::possible);
        }

        @Override
        public synchronized boolean isReady() {
            if (ready && random.nextInt(3) == 0) {
                ready = false;
                timer.schedule(
                        () -> {
                            synchronized (this) {
                                ready = true;
                            }
                            possible();
                        },
                        random.nextInt(300),
                        TimeUnit.MICROSECONDS);
            }
            return ready;
        }

        private void possible() {
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                listener.onError(e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            misused |= !ready;
            if (broken) {
                throw new IOException("gone");
            }
            written.write(bytes, offset, length);
        }
    }
}
