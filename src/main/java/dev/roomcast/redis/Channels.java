package dev.roomcast.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who listens to which channel, and by which connection. Subscribes with the first listener and unsubscribes with the last. Thread-safe; no
 * method blocks.
 */
final class Channels extends RedisPubSubAdapter<String, String> {

    private static final System.Logger LOG = System.getLogger(Channels.class.getName());

    private final ConcurrentMap<String, Set<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    /** Channels of which Redis has said that they are subscribed to, and to which the client subscribes again by itself. */
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    /** Not confirmed when this was last looked at: a moment later they should have been. */
    private volatile Set<String> missed = Set.of();

    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile StatefulRedisPubSubConnection<String, String> connection;

    /** Once there is a connection, or another in its place; the one before is closed. */
    synchronized void listen(StatefulRedisPubSubConnection<String, String> opened) {
        StatefulRedisPubSubConnection<String, String> before = connection;
        if (before != null) {
            before.removeListener(this);
        }
        confirmed.clear();
        opened.addListener(this);
        connection = opened;
        listeners.keySet().forEach(this::subscribe);
        if (before != null) {
            before.closeAsync();
        }
    }

    /**
     * Makes up for what nobody tells: a subscription that was refused, since the connection was away then, and a connection that leads
     * nowhere any more. To be called now and then while Redis answers.
     *
     * @param another opens one in its place
     */
    void tend(Supplier<CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>> another) {
        subscribeAgain();
        if (checking.compareAndSet(false, true)) {
            try {
                check(connection, another);
            } catch (RuntimeException e) {
                checking.set(false);
                throw e;
            }
        }
    }

    /** Whoever drops it, such as a firewall, need not say so. One that is known to be gone comes back by itself. */
    private void check(
            StatefulRedisPubSubConnection<String, String> there,
            Supplier<CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>> another) {
        there.async()
                .ping()
                .handle((pong, failure) -> failure instanceof RedisCommandTimeoutException)
                .thenCompose(leadsNowhere -> leadsNowhere ? replace(another) : done())
                .whenComplete((done, failure) -> checking.set(false));
    }

    private CompletionStage<Void> replace(
            Supplier<CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>> another) {
        LOG.log(Level.WARNING, "Redis does not answer on the connection that listens; another is opened");
        return another.get().thenCompose(opened -> {
            listen(opened);
            return done();
        });
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }

    private void subscribeAgain() {
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
        // Redis may be faster than whoever subscribes: their listener is seen only when they are done with that.
        listeners.computeIfPresent(channel, (name, there) -> there);
        tell(channel, null);
    }

    @Override
    public void unsubscribed(String channel, long count) {
        confirmed.remove(channel);
    }

    private void tell(String channel, String message) {
        listeners.getOrDefault(channel, Set.of()).forEach(listener -> listener.accept(message));
    }
}
