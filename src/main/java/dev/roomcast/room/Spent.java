package dev.roomcast.room;

/**
 * The tokens of a room's answers that ended within one day. Immutable.
 *
 * @param day since 1970, in UTC
 */
public record Spent(long day, long tokens) {

    public static final Spent NOTHING = new Spent(0, 0);

    private static final long DAY = 24L * 60 * 60 * 1000;

    /** What was spent on the day of this time (milliseconds since 1970), as far as it is known here. */
    public long on(long time) {
        return time / DAY == day ? tokens : 0;
    }

    /** Milliseconds until nothing is spent any more. */
    public static long untilTomorrow(long time) {
        return DAY - time % DAY;
    }

    Spent and(Outcome.Usage usage, long time) {
        return usage == null ? this : new Spent(time / DAY, on(time) + usage.promptTokens() + usage.completionTokens());
    }
}
