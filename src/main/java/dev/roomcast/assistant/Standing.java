package dev.roomcast.assistant;

import dev.roomcast.member.Audit;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.Settled;

/**
 * Who wants to do something with an answer in a room.
 *
 * @param anybodys they may do so with answers to other people's questions, too
 */
record Standing(Room room, String userId, boolean anybodys) {

    /**
     * @return whether it is their own question
     * @throws Refused {@code not-allowed} if it is not, and has to be
     */
    boolean owns(Question question) {
        boolean own = question.asker().userId().equals(userId);
        if (!anybodys && !own) {
            Audit.note("refused", userId, room.id(), "code", Code.NOT_ALLOWED.wire());
            throw new Refused(Code.NOT_ALLOWED, "Only who asked, or a moderator, may do that.");
        }
        return own;
    }

    /**
     * A finished answer that they may do something with.
     *
     * @throws Refused also ({@code no-such-answer}) if there is none in the room's history
     */
    Settled.Answered settled(String answerId) {
        for (Settled settled : room.state().history()) {
            if (settled instanceof Settled.Answered answered && settled.is(answerId)) {
                owns(answered.question());
                return answered;
            }
        }
        throw new Refused(Code.NO_SUCH_ANSWER, "There is no such finished answer among the last of this room.");
    }
}
