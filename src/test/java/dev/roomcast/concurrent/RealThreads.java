package dev.roomcast.concurrent;

import java.util.concurrent.Executors;

/** The application's own pools, outside of a container. */
public final class RealThreads {

    /** @param answers under way at once */
    public static Threads of(int answers) {
        Threads threads = new Threads(answers);
        threads.start(Executors.defaultThreadFactory());
        return threads;
    }

    private RealThreads() {}
}
