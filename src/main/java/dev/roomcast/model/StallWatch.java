package dev.roomcast.model;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends streams that are silent for too long.
 *
 * <p>A read timeout alone would not do: a provider that sends a comment now and then, or one byte, is silent, too; and the
 * time to the first token covers all attempts together. One pass over all streams four times a second is cheaper than a
 * timer each. Thread-safe.
 */
final class StallWatch {

    private static final System.Logger LOG = System.getLogger(StallWatch.class.getName());
    private static final long EVERY_MS = 250;

    /** What can be silent. */
    interface Watched {

        /** @param now of {@link System#nanoTime()} */
        boolean isOverdue(long now);

        /** Ends it. Called by the watch's thread, possibly more than once. */
        void expire();
    }

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

    StallWatch(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    void add(Watched stream) {
        watched.add(stream);
    }

    void remove(Watched stream) {
        watched.remove(stream);
    }

    int watched() {
        return watched.size();
    }

    private void look() {
        long now = System.nanoTime();
        for (Watched stream : watched) {
            try {
                if (stream.isOverdue(now)) {
                    stream.expire();
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A silent model's stream could not be ended", e);
            }
        }
    }
}
