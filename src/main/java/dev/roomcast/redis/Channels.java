package dev.roomcast.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Who listens to which channel. Subscribes with the first listener and unsubscribes with the last. Thread-safe. */
final class Channels extends RedisPubSubAdapter<String, String> {

    private final ConcurrentMap<String, Set<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private volatile StatefulRedisPubSubConnection<String, String> connection;

    /** Once there is a connection; its client subscribes again by itself whenever it comes back. */
    void listen(StatefulRedisPubSubConnection<String, String> opened) {
        opened.addListener(this);
        connection = opened;
        listeners.keySet().forEach(channel -> opened.async().subscribe(channel));
    }

    AutoCloseable add(String channel, Consumer<String> heard) {
        // Inside of compute, so that subscribing and unsubscribing cannot overtake each other.
        listeners.compute(channel, (name, there) -> {
            Set<Consumer<String>> set = there == null ? new CopyOnWriteArraySet<>() : there;
            set.add(heard);
            if (there == null && connection != null) {
                connection.async().subscribe(channel);
            }
            return set;
        });
        return () -> remove(channel, heard);
    }

    private void remove(String channel, Consumer<String> heard) {
        listeners.computeIfPresent(channel, (name, there) -> {
            there.remove(heard);
            if (!there.isEmpty()) {
                return there;
            }
            if (connection != null) {
                connection.async().unsubscribe(channel);
            }
            return null;
        });
    }

    @Override
    public void message(String channel, String message) {
        tell(channel, message);
    }

    @Override
    public void subscribed(String channel, long count) {
        tell(channel, null);
    }

    private void tell(String channel, String message) {
        listeners.getOrDefault(channel, Set.of()).forEach(listener -> listener.accept(message));
    }
}
