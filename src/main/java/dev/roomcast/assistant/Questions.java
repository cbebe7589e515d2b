package dev.roomcast.assistant;

import dev.roomcast.model.Models;
import dev.roomcast.room.Author;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;

/**
 * Makes questions: each with a new answer, of the model that is to give it. Immutable. Whatever names no model that may be asked is refused
 * ({@code no-such-model}).
 */
record Questions(Models models) {

    Question first(Author asker, String prompt, Choice who) {
        return new Question(Ids.next('a'), asker, prompt, modelOf(who));
    }

    /** That of an answer that is over, or about to be. Where nobody chose, the same model answers as before. */
    Question onceMore(Question question, Author asker, Choice who, Relation.Kind kind) {
        boolean same = who.equals(Choice.NONE) && models.mayBeAsked(question.model());
        String model = same ? question.model() : modelOf(who);
        return new Question(Ids.next('a'), asker, question.prompt(), model, new Relation(kind, question.answerId()));
    }

    private String modelOf(Choice who) {
        return models.wanted(who.model(), who.role()).name();
    }
}
