package dev.roomcast.assistant;

import dev.roomcast.member.Instructions;
import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.Models;
import dev.roomcast.room.Content;
import dev.roomcast.room.Question;
import dev.roomcast.room.Ration;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;

/** What must be there before an answer begins: its model, what that is told, and the tokens that it may cost. Thread-safe. */
final class Preparation {

    private final Models models;
    private final Instructions instructions;
    private final Conversation conversation;
    private final Budget budget;
    private final Transcripts transcripts = new Transcripts();

    Preparation(Models models, Instructions instructions, Conversation conversation, Budget budget) {
        this.models = models;
        this.instructions = instructions;
        this.conversation = conversation;
        this.budget = budget;
    }

    /** @param hold to be settled, whatever comes of it */
    record Ready(LanguageModel model, Conversation.Told told, Budget.Hold hold) {

        /** The beginning of its answer. */
        Content.AnswerStarted start(Question question, boolean waited) {
            return new Content.AnswerStarted(question, waited, hold.ofRoom());
        }
    }

    /** Of which answers that begin now take what they hold. */
    Ration ration() {
        return budget.ration();
    }

    /** @throws Refused {@code no-such-model}, {@code rate-limited} or {@code room-budget} */
    Ready of(Room room, Question question) {
        LanguageModel model = models.asked(question.model());
        Conversation.Told told = conversation.asked(
                transcripts.of(room.id()), room.state(), question, instructions.of(room.id()), model.window());
        return new Ready(model, told, budget.hold(room, question, conversation.cost(told.tokens())));
    }
}
