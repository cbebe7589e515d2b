package dev.roomcast.redis;

import dev.roomcast.concurrent.Threads;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Redis that the nodes of this server share, if {@code roomcast.redis.url} names one. Whatever the number of rooms and
 * people, a node has two connections to it (with a cluster, one more to each master).
 *
 * <p>Thread-safe; no method blocks. What is told to listeners and stages is told on the client's few threads: be quick, or go
 * elsewhere.
 */
@ApplicationScoped
public class Redis {

    /** What the threads are called on which stages complete and listeners are told: whoever waits there waits in vain. */
    public static final String THREADS = "roomcast-redis";

    private static final System.Logger LOG = System.getLogger(Redis.class.getName());

    /** The client's smallest numbers of threads; they only move bytes. */
    private static final int CLIENT_THREADS = 2;

    private static final int FAREWELL_SECONDS = 2;

    private final RedisAddress address;
    private final Authority authority;
    private final Threads threads;
    private final Pace pace;
    private final Channels channels = new Channels();
    private final List<Consumer<Boolean>> watchers = new CopyOnWriteArrayList<>();
    private volatile ClientResources resources;
    private volatile AbstractRedisClient client;
    private volatile Heartbeat heartbeat;
    private volatile boolean up;
    private volatile boolean closed;

    protected Redis() { // for the container's proxy
        this.address = null;
        this.authority = null;
        this.threads = null;
        this.pace = null;
    }

    @Inject
    public Redis(
            @ConfigProperty(name = "roomcast.redis.url") Optional<String> url,
            @ConfigProperty(name = "roomcast.redis.ca-file") Optional<String> authority,
            Threads threads) {
        this(url, authority, threads, Pace.USUAL);
    }

    /** Whose certificate, if it has one, is to be from whom Java trusts. */
    public Redis(Optional<String> url, Threads threads) {
        this(url, Optional.empty(), threads);
    }

    Redis(Optional<String> url, Optional<String> authority, Threads threads, Pace pace) {
        this.address = url.map(RedisAddress::of).orElse(null);
        this.authority = authority.map(Authority::of).orElse(null);
        this.threads = threads;
        this.pace = pace;
        if (address != null) {
            // Elsewhere: the client waits for its first thread, and on Open Liberty no managed thread runs before the
            // application
            // has started.
            threads.closing().execute(this::connect);
        }
    }

    /** Whether there is one. Without it nothing else may be called. */
    public boolean isUsed() {
        return address != null;
    }

    /** Whether it answered and took what was written when it was last asked, within the last few seconds. */
    public boolean isUp() {
        return up;
    }

    /** Told whenever {@link #isUp} changes. */
    public void watch(Consumer<Boolean> watcher) {
        watchers.add(watcher);
    }

    /**
     * Runs a script, in one step.
     *
     * @param keys all keys that it touches; with a cluster, all of one hash tag
     * @return what it returned: strings, {@code Long}s and lists of them. Exceptionally {@link Unreachable}, within some seconds.
     */
    public CompletionStage<List<Object>> run(Script script, List<String> keys, String... arguments) {
        Heartbeat there = heartbeat;
        Link open = there == null ? null : there.link();
        if (open == null) {
            return CompletableFuture.failedStage(new Unreachable("Redis has not answered yet.", null));
        }
        try {
            return run(open, script, keys.toArray(String[]::new), arguments);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(unreachable(e)); // those who wait for a stage must get one
        }
    }

    private CompletionStage<List<Object>> run(Link open, Script script, String[] all, String... arguments) {
        return open.scripts()
                .<List<Object>>evalsha(script.sha(), ScriptOutputType.MULTI, all, arguments)
                .exceptionallyCompose(failure -> cause(failure) instanceof RedisNoScriptException
                        ? open.scripts().<List<Object>>eval(script.text(), ScriptOutputType.MULTI, all, arguments)
                        : CompletableFuture.failedStage(failure))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(unreachable(failure)));
    }

    /**
     * Hears what is published on a channel, until closed. Messages may get lost.
     *
     * @param heard the message; {@code null} whenever the subscription begins, also again after a lost connection: before that,
     *     messages may have been missed
     */
    public AutoCloseable listen(String channel, Consumer<String> heard) {
        return channels.add(channel, heard);
    }

    private void connect() {
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(CLIENT_THREADS)
                .computationThreadPoolSize(CLIENT_THREADS)
                .reconnectDelay(Delay.exponential(20, 500, TimeUnit.MILLISECONDS, 2))
                .threadFactoryProvider(pool -> threads.named(THREADS))
                .nettyCustomizer(new BreaksOff())
                .build();
        client = Link.client(resources, address, authority, pace.patience());
        heartbeat = new Heartbeat(client, address, channels, pace, threads, this::turn);
        heartbeat.begin();
    }

    private void turn(Throwable failure) {
        boolean now = failure == null;
        if (up != now && !closed) {
            up = now;
            if (now) {
                LOG.log(Level.INFO, "Redis answers");
            } else {
                LOG.log(Level.WARNING, "Redis does not answer, or takes nothing: {0}", Heartbeat.reason(failure));
            }
            watchers.forEach(watcher -> watcher.accept(now));
        }
    }

    private Unreachable unreachable(Throwable failure) {
        String what = String.valueOf(cause(failure).getMessage());
        // What is wrong with a script is ours, and would stay hidden as an outage.
        LOG.log(what.startsWith("ERR ") ? Level.ERROR : Level.DEBUG, "Redis gave no result: {0}", what);
        return new Unreachable("Redis gave no result.", cause(failure));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What was said last, such as who left, and has not arrived, would be lost with the connection. */
    private static void awaitAnswers(Link open) {
        try {
            open.ping().get().toCompletableFuture().get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.log(Level.DEBUG, "What was said last may be lost", e);
        }
    }

    /** The application ends. */
    @PreDestroy
    public void close() {
        closed = true;
        if (heartbeat != null) {
            heartbeat.close();
            if (up) {
                awaitAnswers(heartbeat.link());
            }
        }
        if (client != null) {
            client.shutdown(0, 1, TimeUnit.SECONDS);
            resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
