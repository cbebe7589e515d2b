package dev.roomcast.redis;

import java.time.Duration;

/**
 * How soon it is noticed that Redis is away, or back again. Immutable.
 *
 * @param patience after so long without an answer a command has failed
 * @param pulse so often it is asked whether it answers
 */
record Pace(Duration patience, Duration pulse) {

    /** Of a server: a Redis that is busy for a moment is not away. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofMillis(500));
}
