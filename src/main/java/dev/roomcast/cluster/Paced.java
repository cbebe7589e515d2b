package dev.roomcast.cluster;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does something with each of many, a few hundred at a time, so that neither Redis nor a timer has too much at once. */
record Paced(ScheduledExecutorService timer) {

    private static final int AT_ONCE = 500;
    private static final long PAUSE_MILLIS = 50;

    <T> void each(Collection<T> many, Consumer<T> what) {
        each(many, what, () -> {});
    }

    /** @param then done once it was done with all of them */
    <T> void each(Collection<T> many, Consumer<T> what, Runnable then) {
        go(List.copyOf(many).iterator(), what, then);
    }

    private <T> void go(Iterator<T> rest, Consumer<T> what, Runnable then) {
        for (int i = 0; i < AT_ONCE && rest.hasNext(); i++) {
            what.accept(rest.next());
        }
        if (!rest.hasNext()) {
            then.run();
        } else {
            try {
                timer.schedule(() -> go(rest, what, then), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                return; // The server stops.
            }
        }
    }
}
