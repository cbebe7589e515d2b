package dev.roomcast.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Who listens to which channel. Subscribes with the first listener and unsubscribes with the last. Thread-safe. */
final class Channels extends RedisPubSubAdapter<String, String> {

    private final ConcurrentMap<String, Set<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    /** Channels of which Redis has said that they are subscribed to, and to which the client subscribes again by itself. */
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    /** Not confirmed when this was last looked at: a moment later they should have been. */
    private volatile Set<String> missed = Set.of();

    private volatile StatefulRedisPubSubConnection<String, String> connection;

    /** Once there is a connection, or another in its place. */
    void listen(StatefulRedisPubSubConnection<String, String> opened) {
        StatefulRedisPubSubConnection<String, String> before = connection;
        if (before != null) {
            before.removeListener(this);
        }
        confirmed.clear();
        opened.addListener(this);
        connection = opened;
        listeners.keySet().forEach(this::subscribe);
    }

    /**
     * Subscribes to what should have been. A subscription is refused while the connection is away, and nobody but us knows of it then. To be
     * called now and then while Redis answers.
     */
    void tend() {
        Set<String> missing = new HashSet<>(listeners.keySet());
        missing.removeAll(confirmed);
        missing.stream().filter(missed::contains).forEach(this::subscribe);
        missed = missing;
    }

    private void subscribe(String channel) {
        listeners.computeIfPresent(channel, (name, there) -> {
            connection.async().subscribe(name);
            return there;
        });
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
                confirmed.remove(channel);
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
        confirmed.add(channel);
        tell(channel, null);
    }

    private void tell(String channel, String message) {
        listeners.getOrDefault(channel, Set.of()).forEach(listener -> listener.accept(message));
    }
}
