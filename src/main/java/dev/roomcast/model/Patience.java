package dev.roomcast.model;

import java.time.Duration;

/**
 * How long an answer may be silent.
 *
 * @param firstToken the longest time from asking to the first piece, retries included
 * @param stall the longest time without any sign of life between two pieces; thoughts are one
 * @param thinking the longest time without a piece, although it thinks
 */
record Patience(Duration firstToken, Duration stall, Duration thinking) {

    static final Duration USUAL_THINKING = Duration.ofMinutes(10);

    Patience(Duration firstToken, Duration stall) {
        this(firstToken, stall, USUAL_THINKING);
    }

    /** The same, but with at most this much time to the first piece. */
    Patience within(Duration limit) {
        return firstToken.compareTo(limit) <= 0 ? this : new Patience(limit, stall, thinking);
    }

    /** The longest silence of all. */
    Duration longest() {
        return longer(firstToken, stall);
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
