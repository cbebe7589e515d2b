package dev.roomcast.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Threads outside of a container. */
public class TestThreads extends Threads {

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    @Override
    public ExecutorService answers() {
        return pool;
    }

    @Override
    public ScheduledExecutorService work() {
        return timer;
    }

    @Override
    public ExecutorService closing() {
        return pool;
    }

    @Override
    public ExecutorService polls() {
        return pool;
    }

    @Override
    public ExecutorService verifying() {
        return pool;
    }

    @Override
    public ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public ExecutorService growing(String name, int max) {
        return pool;
    }

    @Override
    public ScheduledExecutorService ticking(String name) {
        return timer;
    }

    @Override
    public ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
    }
}
