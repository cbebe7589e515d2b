package dev.roomcast.concurrent;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The pools of this application. Their threads are made by the server's {@link ManagedThreadFactory}, so they carry the
 * application's context, but they are not taken from the server's pool: on Open Liberty a managed executor shares the one
 * pool that also serves requests, and a few hundred answers that wait for their provider would stop the whole server.
 */
@ApplicationScoped
public class Threads {

    private static final String WORK = "roomcast-work";
    private static final String TIMER = "roomcast-timer";
    private static final int WORKERS = 4;
    private static final int CLOSERS = 16;
    private static final int POLLS = 256;
    private static final int VERIFIERS = 16;
    private static final int WAITING = 100_000;

    private final int maxAnswers;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory factory;

    private final List<ExecutorService> others = new CopyOnWriteArrayList<>();
    private ThreadFactory source;
    private ExecutorService maker;
    private ExecutorService answers;
    private ScheduledThreadPoolExecutor work;
    private ThreadPoolExecutor closing;
    private ExecutorService polls;
    private ExecutorService verifying;
    private ScheduledThreadPoolExecutor timer;

    protected Threads() {
        this.maxAnswers = 0; // for the container's proxy
    }

    @Inject
    public Threads(@ConfigProperty(name = "roomcast.limit.answers") int maxAnswers) {
        if (maxAnswers < 1) {
            throw new IllegalArgumentException("roomcast.limit.answers must be 1 or more.");
        }
        this.maxAnswers = maxAnswers;
    }

    @PostConstruct
    void start() {
        // A thread may take along what is bound to the one that makes it. On WildFly that is the JAX-RS context of a
        // request, which two threads then change at once, to the loss of both. So no request makes a thread: this one
        // does. It is not managed itself: on Open Liberty a managed thread waits until the application has started,
        // and the start would wait for it.
        maker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "roomcast-maker");
            thread.setDaemon(true);
            return thread;
        });
        maker.execute(() -> {}); // born here, and not of a request
        start(task -> CompletableFuture.supplyAsync(() -> factory.newThread(task), maker)
                .join());
    }

    void start(ThreadFactory threads) {
        source = threads;
        // Started when needed, up to the limit of answers, which the assistant keeps. Beyond it they wait for a thread
        // that is about to be free.
        answers = growing("roomcast-answer", maxAnswers);
        work = new ScheduledThreadPoolExecutor(WORKERS, named(WORK, threads));
        closing = pool(CLOSERS, named("roomcast-close", threads));
        polls = grown("roomcast-poll", POLLS);
        verifying = growing("roomcast-verify", VERIFIERS);
        timer = new ScheduledThreadPoolExecutor(1, named(TIMER, threads));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** For reading providers: may block, one task for one answer, {@code roomcast.limit.answers} at once. */
    public ExecutorService answers() {
        return answers;
    }

    /** How many tasks that read providers there may be at once. */
    public int mostAnswers() {
        return maxAnswers;
    }

    /** For short tasks that never block. */
    public ScheduledExecutorService work() {
        return work;
    }

    /** Whether the calling thread is for short tasks: then it must not wait for anything, since all others of this node would. */
    public static boolean isForShortTasks() {
        String name = Thread.currentThread().getName();
        return name.equals(WORK) || name.equals(TIMER);
    }

    /** For ending connections, which on some servers blocks for seconds when a write is stuck. */
    public ExecutorService closing() {
        return closing;
    }

    /** For answering polls, which on some servers blocks for as long as the reader does not read, up to half a minute. */
    public ExecutorService polls() {
        return polls;
    }

    /** For looking at tokens, which blocks for seconds when the identity provider has to be asked for its keys. */
    public ExecutorService verifying() {
        return verifying;
    }

    /** A pool that starts a thread whenever none is idle, up to a bound, and lets tasks wait beyond it. It ends with the application. */
    public ExecutorService growing(String name, int max) {
        return add(grown(name, max));
    }

    private ExecutorService grown(String name, int max) {
        LinkedTransferQueue<Runnable> waiting = new LinkedTransferQueue<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean offer(Runnable task) {
                return tryTransfer(task); // to an idle thread, if there is one; otherwise the pool grows
            }
        };
        return new ThreadPoolExecutor(0, max, 30, TimeUnit.SECONDS, waiting, named(name, source), (task, full) -> {
            if (full.isShutdown()) {
                throw new RejectedExecutionException("The server stops.");
            }
            waiting.put(task);
        });
    }

    /** The same, but beyond the bound it rejects. */
    public ExecutorService rejecting(String name, int max) {
        return add(new ThreadPoolExecutor(0, max, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name, source)));
    }

    private ExecutorService add(ExecutorService pool) {
        others.add(pool);
        return pool;
    }

    /** For ticks: tasks that never block. One thread. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** A timer of one thread, for many ticks, so that it delays nobody else's. It ends with the application. */
    public ScheduledExecutorService ticking(String name) {
        ScheduledThreadPoolExecutor ticking = new ScheduledThreadPoolExecutor(1, named(name, source));
        ticking.setRemoveOnCancelPolicy(true);
        others.add(ticking);
        return ticking;
    }

    /** For libraries that make their own pools. They must bound them, and end them with the application. */
    public ThreadFactory named(String name) {
        return named(name, source);
    }

    /** The application ends. */
    @PreDestroy
    public void close() {
        timer.shutdownNow();
        work.shutdownNow();
        closing.shutdown();
        polls.shutdown();
        others.forEach(ExecutorService::shutdownNow);
        if (maker != null) {
            maker.shutdown();
        }
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name, ThreadFactory threads) {
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            return thread;
        };
    }
}
