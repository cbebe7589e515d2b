package dev.roomcast.assistant;

import dev.roomcast.member.Allowance;
import dev.roomcast.member.Audit;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Spent;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The tokens that users and rooms may spend in a day. What an answer may cost is taken before it begins, and what it did not cost given
 * back after it, so that many answers at once spend no more than one after the other.
 *
 * <p>What a room has spent is in its log, the same for all nodes; what its answers under way may still cost is known here for those of
 * this node. Thread-safe.
 */
final class Budget {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Allowance allowance;
    private final long perRoom;
    private final LongSupplier clock;
    private final ConcurrentMap<RoomId, Long> held = new ConcurrentHashMap<>();

    /** @param perRoom and day; 0 for no limit */
    Budget(Allowance allowance, long perRoom, LongSupplier clock) {
        this.allowance = allowance;
        this.perRoom = perRoom;
        this.clock = clock;
    }

    /**
     * Takes the tokens that an answer may cost, of the user and of the room.
     *
     * @throws Refused {@code rate-limited} if the user does not have them, {@code room-budget} if the room does not
     */
    Hold hold(Room room, String userId, long tokens) {
        allowance.reserve(userId, tokens);
        try {
            hold(room, tokens);
        } catch (Refused e) {
            allowance.settle(userId, tokens, 0);
            Audit.note("refused", userId, room.id(), "code", e.code().wire());
            throw e;
        }
        return new Hold(room.id(), userId, tokens);
    }

    /** Whether what the room lacks may be given back in a moment, by an answer that costs less than it may. */
    static boolean isHeld(Refused refused) {
        return SOON.equals(refused.retryAfter());
    }

    private void hold(Room room, long tokens) {
        if (perRoom <= 0) {
            return;
        }
        long wanted = Math.min(tokens, perRoom); // more than a whole day's is for a day on which nobody else asks
        held.compute(room.id(), (id, others) -> {
            long now = clock.getAsLong();
            long spent = room.state().spent().on(now);
            long all = others == null ? 0 : others;
            if (spent + all + wanted > perRoom) {
                throw new Refused(
                        Code.ROOM_BUDGET,
                        "This room has had as many answers today as it may.",
                        spent + wanted > perRoom ? Duration.ofMillis(Spent.untilTomorrow(now)) : SOON);
            }
            return all + wanted;
        });
    }

    /** What is held for one answer. */
    final class Hold {

        private final RoomId room;
        private final String userId;
        private final long tokens;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Hold(RoomId room, String userId, long tokens) {
            this.room = room;
            this.userId = userId;
            this.tokens = tokens;
        }

        /** It cost so many. Only the first call counts. */
        void settle(long used) {
            if (!settled.compareAndSet(false, true)) {
                return;
            }
            allowance.settle(userId, tokens, used);
            if (perRoom > 0) {
                long back = Math.min(tokens, perRoom);
                held.computeIfPresent(room, (id, all) -> all <= back ? null : all - back);
            }
        }
    }
}
