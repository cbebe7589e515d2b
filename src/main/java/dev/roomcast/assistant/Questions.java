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
record Questions(Models models, Afterwards afterwards) {

    Question first(Author asker, String prompt, Choice who) {
        return new Question(Ids.next('a'), asker, prompt, modelOf(who));
    }

    /** That of an answer that is over, or about to be. Where nobody chose, the same model answers as before. */
    Question onceMore(Question question, Author asker, Choice who, Relation.Kind kind) {
        boolean same = who.equals(Choice.NONE) && models.mayBeAsked(question.model());
        String model = same ? question.model() : modelOf(who);
        return new Question(Ids.next('a'), asker, question.prompt(), model, new Relation(kind, question.answerId()));
    }

    /**
     * What is asked by itself where an answer is left without its end, or {@code null}: in the name of who had asked, and with the same
     * prompt; a new answer, so that the seam is seen.
     *
     * @param said see {@link Afterwards#kind}
     */
    Question afterwards(Question left, boolean said) {
        Relation.Kind kind = afterwards.kind(said);
        return kind == null ? null : onceMore(left, left.asker(), Choice.NONE, kind);
    }

    private String modelOf(Choice who) {
        return models.wanted(who.model(), who.role()).name();
    }
}
