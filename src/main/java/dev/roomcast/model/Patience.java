package dev.roomcast.model;

import java.time.Duration;

/**
 * How long an answer may be silent.
 *
 * @param firstToken the longest time from asking to the first piece, retries included
 * @param stall the longest time between two pieces
 */
record Patience(Duration firstToken, Duration stall) {

    /** The same, but with at most this much time to the first piece. */
    Patience within(Duration limit) {
        return firstToken.compareTo(limit) <= 0 ? this : new Patience(limit, stall);
    }

    /** The longest silence of all. */
    Duration longest() {
        return firstToken.compareTo(stall) > 0 ? firstToken : stall;
    }
}
