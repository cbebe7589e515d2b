package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.time.Duration;
import java.util.List;

/**
 * How much of what each user may have, over all their connections. Thread-safe; does not block.
 *
 * <p>What is refused is refused as {@code rate-limited}, with the time after which it would not be, and costs nothing.
 */
public interface Allowance {

    /**
     * Takes one message.
     *
     * @param first nobody has said anything in its room so far: then a new room is taken, too
     */
    void message(String userId, boolean first);

    /** Puts back what was taken for a message that was not said. */
    void notSaid(String userId, boolean first);

    /**
     * Takes one question.
     *
     * @param first as for a message
     * @throws Refused also if there are no tokens left to answer it with
     */
    void question(String userId, boolean first);

    /** Puts back what was taken for a question that was not asked. */
    void notAsked(String userId, boolean first);

    /** Takes the tokens that an answer may cost; of one that may cost more than there ever are, all that there are. */
    void reserve(String userId, String answerId, long tokens);

    /**
     * Puts back what an answer did not cost of the tokens {@code reserved} for it, or takes what it cost more: what is left may be less than
     * nothing then. Nothing, if they are reserved no more.
     */
    void settle(String userId, String answerId, long reserved, long used);

    /** Settles all that is reserved for an answer, by whichever node: the one that wrote it is gone. */
    void settleLeft(String userId, String answerId, long used);

    /** What this user has left of everything that is limited. */
    List<Left> left(String userId);

    /**
     * @param what is limited, as the protocol calls it
     * @param limit that comes back {@code per} this time, little by little
     * @param left now; not below 0
     */
    record Left(String what, long limit, long left, Duration per) {}
}
