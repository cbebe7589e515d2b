package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.client.Client;
import java.lang.reflect.Proxy;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpstreamsTest {

    private final AtomicInteger built = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void one_client_is_built_ahead_and_only_one() {
        Upstreams upstreams = new Upstreams(this::client, Runnable::run);
        assertEquals(1, built.get());
        Upstream first = upstreams.take();
        assertEquals(2, built.get(), "the next one is ready");
        assertNotSame(first, upstreams.take());
        assertEquals(3, built.get());
    }

    @Test
    void closing_closes_what_is_idle_and_what_comes_back_later() {
        Upstreams upstreams = new Upstreams(this::client, Runnable::run);
        Upstream late = upstreams.take();
        upstreams.close();
        assertEquals(1, closed.get());
        upstreams.cut(late);
        assertEquals(2, closed.get());
    }

    @Test
    void a_call_is_cut_even_while_the_server_stops() {
        AtomicInteger tasks = new AtomicInteger();
        Upstreams upstreams = new Upstreams(this::client, task -> {
            if (tasks.incrementAndGet() > 1) {
                throw new RejectedExecutionException();
            }
            task.run();
        });
        upstreams.cut(client());
        assertEquals(1, closed.get());
    }

    @Test
    void trouble_with_building_ahead_is_left_to_whoever_needs_a_client() {
        Upstreams upstreams = new Upstreams(
                () -> {
                    built.incrementAndGet();
                    throw new IllegalStateException("no client");
                },
                Runnable::run);
        assertTrue(built.get() > 0);
        upstreams.close();
    }

    private Upstream client() {
        built.incrementAndGet();
        return Upstream.with((Client) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.incrementAndGet();
                    }
                    return null;
                }));
    }
}
