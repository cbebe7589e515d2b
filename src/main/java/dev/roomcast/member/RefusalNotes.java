package dev.roomcast.member;

import dev.roomcast.room.Refused.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notes in the audit who asked for more than they may have: each user once in a second at the most, with how many notes that one stands for
 * besides. Else whoever is refused fast enough pushes out of the log what others did. Thread-safe.
 */
final class RefusalNotes {

    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    /** Users who were refused last, and are remembered. */
    static final int KEPT = 10_000;

    private final Map<String, Noted> noted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Noted> eldest) {
            return size() > KEPT;
        }
    };
    private final LongSupplier clock;

    /** @param clock nanoseconds, of any beginning */
    RefusalNotes(LongSupplier clock) {
        this.clock = clock;
    }

    void refused(String userId) {
        int unnoted = unnoted(userId);
        if (unnoted >= 0) {
            Audit.note(
                    "refused",
                    userId,
                    null,
                    "code",
                    Code.RATE_LIMITED.wire(),
                    "unnoted",
                    unnoted == 0 ? null : Integer.toString(unnoted));
        }
    }

    /** How many there were since the last one that was noted; negative if this one is not either. */
    private int unnoted(String userId) {
        long now = clock.getAsLong();
        synchronized (noted) {
            Noted last = noted.get(userId);
            if (last != null && now - last.at < EVERY) {
                last.unnoted++;
                return -1;
            }
            noted.remove(userId); // so that the eldest is who was noted longest ago
            noted.put(userId, new Noted(now));
            return last == null ? 0 : last.unnoted;
        }
    }

    private static final class Noted {

        private final long at;
        private int unnoted;

        Noted(long at) {
            this.at = at;
        }
    }
}
