package dev.roomcast.room;

import java.time.Duration;

/**
 * The tokens that a room may spend today. Immutable.
 *
 * @param perDay 0 for no limit
 * @param now milliseconds since 1970
 */
public record Ration(long perDay, long now) {

    /** What answers under way hold and do not need may be given back by then. */
    public static final Duration SOON = Duration.ofSeconds(5);

    /** What an answer may hold of it: one that may cost more than a whole day's is for a day on which nobody else asks. */
    public long of(long tokens) {
        return Math.min(tokens, perDay);
    }

    /** @throws Refused {@code room-budget} if the room does not have so many more */
    public void check(RoomState room, long tokens) {
        long spent = room.spent().on(now);
        if (perDay > 0 && spent + room.held() + tokens > perDay) {
            throw new Refused(
                    Refused.Code.ROOM_BUDGET,
                    "This room has had as many answers today as it may.",
                    spent + tokens > perDay ? Duration.ofMillis(Spent.untilTomorrow(now)) : SOON);
        }
    }
}
