package dev.roomcast.assistant;

import dev.roomcast.model.Models;
import dev.roomcast.room.Author;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.Settled;
import java.util.List;
import java.util.Set;

/**
 * Makes questions: each with a new answer, of the model that is to give it. Immutable. Whatever names no model that may be asked is refused
 * ({@code no-such-model}).
 */
record Questions(Models models, Afterwards afterwards) {

    /** Enough for an update of some nodes; one that takes its nodes down with it must not take all of them, one after another. */
    private static final int MOST_TIMES = 3;

    /** How answers end whose node is gone, or about to go. */
    private static final Set<String> LEFT =
            Set.of(AnswerEnd.STOPPING.code(), AnswerEnd.CUT_OFF.code(), Takeover.LEFT.code());

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
     * @param room where it is left
     * @param said see {@link Afterwards#kind}
     */
    Question afterwards(Room room, Question left, boolean said) {
        return next(room, left, afterwards.kind(said));
    }

    /** The same, whatever is wished for answers that are left, of one that never began. */
    Question onceMore(Room room, Question left) {
        return next(room, left, Relation.Kind.REGENERATES);
    }

    private Question next(Room room, Question left, Relation.Kind kind) {
        boolean again = kind != null && timesLeft(room, left) < MOST_TIMES;
        return again ? onceMore(left, left.asker(), Choice.NONE, kind) : null;
    }

    /** How often in a row it was left before. */
    private static int timesLeft(Room room, Question left) {
        int times = 0;
        List<Settled> history;
        try {
            history = room.state().history();
        } catch (Refused e) {
            return 0; // it cannot be read right now
        }
        Relation before = left.relation();
        for (int i = history.size() - 1; i >= 0 && before != null; i--) {
            if (history.get(i) instanceof Settled.Answered answered && answered.is(before.answerId())) {
                boolean again = LEFT.contains(String.valueOf(answered.outcome().code()));
                before = again ? answered.question().relation() : null;
                times += again ? 1 : 0;
            }
        }
        return times;
    }

    private String modelOf(Choice who) {
        return models.wanted(who.model(), who.role()).name();
    }
}
