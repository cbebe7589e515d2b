package dev.roomcast.member;

import java.time.Duration;

/**
 * One bucket for each name, all of one size, which fill up again little by little. Thread-safe.
 *
 * <p>Where buckets live outside of this process, a caller may wait for a moment, but never for longer: then what this node
 * knows by itself decides. {@link #takeAll}, {@link #putBack} and {@link #settle} do not wait.
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

    /** As {@link #take}. What was taken is held for something until that is settled, by whichever node. */
    Duration hold(String name, String what, long many);

    /**
     * It cost so many of those that are held for it: puts back those that it did not cost, or takes what it cost more. Nothing, if none are
     * held: then it has been settled.
     *
     * @param many at the most; the others are held on
     */
    void settle(String name, String what, long many, long used);

    /** {@code null} if there is one, else how long until there is. */
    Duration waitFor(String name);

    /** What is left in it, for people to see. */
    Allowance.Left left(String name, String what);
}
