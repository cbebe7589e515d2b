package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.Presence;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event streams of rooms in which nothing happens: proxies hang up on who says nothing. */
class QuietStreamTest {

    private static final Heartbeat USUAL =
            new Heartbeat(Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(60));

    private final Threads threads = RealThreads.of(1);
    private final Presence presence = new MemoryPresence();
    private final Connections connections =
            new TestConnections(threads, presence).with(USUAL).make();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_comment_comes_before_fifteen_seconds_are_over() throws Exception {
        EventStreamWriters writers = new EventStreamWriters(threads, 1, Duration.ofMinutes(1));
        Connection connection = connections.open(
                new Member("ana", "Ana", false),
                new EventStreamSink(any(SseEventSink.class, this::response), any(Sse.class, this::sse), writers));
        Duration lastLook = Duration.ofSeconds(15).minus(Connections.LOOK);
        connection.check(USUAL, System.nanoTime() + lastLook.toNanos());
        assertEquals("comment", sent.poll(10, TimeUnit.SECONDS));
    }

    private Object response(Object proxy, Method method, Object[] arguments) {
        return method.getName().equals("send") ? CompletableFuture.completedStage(null) : null;
    }

    private Object sse(Object proxy, Method method, Object[] arguments) {
        return any(OutboundSseEvent.Builder.class, (builder, called, with) -> {
            if (called.getName().equals("build")) {
                return null;
            }
            sent.add(called.getName());
            return builder;
        });
    }

    private static <T> T any(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
