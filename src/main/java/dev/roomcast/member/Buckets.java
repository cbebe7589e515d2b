package dev.roomcast.member;

import java.time.Duration;

/**
 * One bucket for each name, all of one size, which fill up again little by little. Thread-safe.
 *
 * <p>Where buckets live outside of this process, a caller may wait for a moment, but never for longer: then what this node
 * knows by itself decides. {@link #takeAll} and {@link #putBack} do not wait.
 */
public interface Buckets {

    /** Without a limit nothing is counted, and everybody may have everything. */
    boolean areLimited();

    /** What a full one holds. */
    long capacity();

    /** Takes so many. {@code null} if there were as many, else how long until there are; then nothing was taken. */
    Duration take(String name, long many);

    /** Takes so many, also those that are not there yet. */
    void takeAll(String name, long many);

    /** Puts so many back. */
    void putBack(String name, long many);

    /** {@code null} if there is one, else how long until there is. */
    Duration waitFor(String name);

    /** What is left in it, for people to see. */
    Allowance.Left left(String name, String what);
}
