package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamSinkTest {

    private static final long SECONDS = 20;

    private final Threads threads = RealThreads.of(1);
    private final EventStreamWriters writers = new EventStreamWriters(threads, 1, Duration.ofMinutes(1));
    private final CountDownLatch sending = new CountDownLatch(1);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void who_is_let_go_gives_the_thread_back_and_the_next_write_on_it_is_not_disturbed() throws Exception {
        EventStreamSink stalled = new EventStreamSink(new StalledResponse(), new AnySse(), writers);
        CompletableFuture<Throwable> done = new CompletableFuture<>();
        stalled.write(Frame.PING, done::complete);
        assertTrue(sending.await(SECONDS, TimeUnit.SECONDS));
        assertFalse(done.isDone());

        stalled.close(Closing.STALLED);
        assertEquals(IOException.class, done.get(SECONDS, TimeUnit.SECONDS).getClass());

        CompletableFuture<Boolean> disturbed = new CompletableFuture<>();
        writers.write(() -> disturbed.complete(Thread.currentThread().isInterrupted()), () -> {});
        assertFalse(disturbed.get(SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void what_waits_for_a_thread_when_its_reader_is_let_go_is_not_sent() throws Exception {
        EventStreamSink stalled = new EventStreamSink(new StalledResponse(), new AnySse(), writers);
        stalled.close(Closing.LOST);
        CompletableFuture<Throwable> done = new CompletableFuture<>();
        stalled.write(Frame.PING, done::complete);
        done.get(SECONDS, TimeUnit.SECONDS);
        assertEquals(1, sending.getCount(), "it was sent");
    }

    /** As Payara's: a send waits for the reader, and only an interrupt ends that. */
    private final class StalledResponse implements SseEventSink {

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            sending.countDown();
            try {
                new CountDownLatch(1).await();
                return CompletableFuture.completedFuture(null);
            } catch (InterruptedException e) {
                return CompletableFuture.failedFuture(new IOException(e));
            }
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static final class AnySse implements Sse {

        @Override
        public OutboundSseEvent.Builder newEventBuilder() {
            return (OutboundSseEvent.Builder) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {OutboundSseEvent.Builder.class},
                    (proxy, method, arguments) -> method.getName().equals("build") ? null : proxy);
        }

        @Override
        public SseBroadcaster newBroadcaster() {
            throw new UnsupportedOperationException();
        }
    }
}
