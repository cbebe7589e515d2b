package dev.roomcast.assistant;

import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Settled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What there was before a question: the room's talk, and the beginning of the answer if it only shall go on. A question that is asked again
 * is asked as it was, without its earlier answers and what came after them. Immutable.
 *
 * @param begun what was answered already; blank if nothing
 */
record Earlier(List<Settled> talk, String begun) {

    static Earlier of(List<Settled> history, Relation relation) {
        List<Settled> talk = history;
        StringBuilder begun = new StringBuilder();
        Set<String> seen = new HashSet<>();
        // An answer may go on with one that goes on with one, and any of them may have been asked again.
        Relation next = relation;
        while (next != null && seen.add(next.answerId())) {
            int at = indexOf(talk, next.answerId());
            if (at < 0) {
                break;
            }
            Settled.Answered answered = (Settled.Answered) talk.get(at);
            if (next.kind() == Relation.Kind.CONTINUES) {
                begun.insert(0, answered.text());
            }
            talk = talk.subList(0, at);
            next = answered.question().relation();
        }
        return new Earlier(talk, begun.toString());
    }

    private static int indexOf(List<Settled> talk, String answerId) {
        for (int i = talk.size() - 1; i >= 0; i--) {
            if (talk.get(i) instanceof Settled.Answered && talk.get(i).is(answerId)) {
                return i;
            }
        }
        return -1;
    }
}
