package dev.roomcast.assistant;

import dev.roomcast.member.Allowance;
import dev.roomcast.member.Audit;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Ration;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The tokens that users and rooms may spend in a day. What an answer may cost is taken before it begins, and what it did not cost given
 * back after it, so that many answers at once spend no more than one after the other.
 *
 * <p>What a room has spent, and what its answers under way hold, is in its log, the same for all nodes. Thread-safe.
 */
final class Budget {

    private final Allowance allowance;
    private final long perRoom;
    private final LongSupplier clock;

    /** @param perRoom and day; 0 for no limit */
    Budget(Allowance allowance, long perRoom, LongSupplier clock) {
        this.allowance = allowance;
        this.perRoom = perRoom;
        this.clock = clock;
    }

    /**
     * Takes the tokens that an answer may cost of its asker, and looks whether the room has them, which is decided when it begins.
     *
     * @throws Refused {@code rate-limited} if they do not have them, {@code room-budget} if the room does not
     */
    Hold hold(Room room, Question question, long tokens) {
        String userId = question.asker().userId();
        String answerId = question.answerId();
        Ration ration = ration();
        allowance.reserve(userId, answerId, tokens);
        try {
            ration.check(room.state(), ration.of(tokens));
        } catch (Refused e) {
            allowance.settle(userId, answerId, tokens, 0);
            Audit.note("refused", userId, room.id(), "code", e.code().wire());
            throw e;
        }
        return new Hold(userId, answerId, tokens, ration.of(tokens));
    }

    /** What another node held of the asker's tokens for an answer that it does not end any more. If it has, this changes nothing. */
    void settleLeft(Running left) {
        Outcome.Usage cost = LastWord.estimate(left);
        Question question = left.question();
        allowance.settleLeft(
                question.asker().userId(), question.answerId(), (long) cost.promptTokens() + cost.completionTokens());
    }

    /** Whether what the room lacks may be given back in a moment, by an answer that costs less than it may. */
    static boolean isHeld(Refused refused) {
        return Ration.SOON.equals(refused.retryAfter());
    }

    /** Of which an answer takes what it holds as it begins, in the same step. */
    Ration ration() {
        return new Ration(perRoom, clock.getAsLong());
    }

    /** What is held for one answer. */
    final class Hold {

        private final String userId;
        private final String answerId;
        private final long tokens;
        private final long ofRoom;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Hold(String userId, String answerId, long tokens, long ofRoom) {
            this.userId = userId;
            this.answerId = answerId;
            this.tokens = tokens;
            this.ofRoom = ofRoom;
        }

        /** What it is to hold of the room's as long as it is under way. */
        long ofRoom() {
            return ofRoom;
        }

        /** It cost so many. Only the first call counts. */
        void settle(long used) {
            if (!settled.compareAndSet(false, true)) {
                return;
            }
            allowance.settle(userId, answerId, tokens, used);
        }
    }
}
