package dev.roomcast.assistant;

import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Questions whose turn it is and that cannot begin yet: which of them may later, and wait on meanwhile. Thread-safe. */
final class Unready {

    /** More are not remembered, and then given their time anew. */
    private static final int MOST = 10_000;

    private final UnderWay answers;
    private final Duration grace;

    /** By answerId, since when nobody here knows the model that shall answer. */
    private final Map<String, Long> unknown = new ConcurrentHashMap<>();

    /**
     * @param answers of this node
     * @param grace how long others may have to begin what this node cannot; nothing if there are none
     */
    Unready(UnderWay answers, Duration grace) {
        this.answers = answers;
        this.grace = grace;
    }

    /** @param why it cannot begin now */
    boolean mayBegin(Question question, Refused why) {
        return switch (why.code()) {
            case UNAVAILABLE -> true;
            case ROOM_BUDGET -> Budget.isHeld(why);
            // Those may not need all that they hold.
            case RATE_LIMITED ->
                answers.all().stream()
                        .filter(answer -> !answer.over().isDone())
                        .anyMatch(answer -> isOfSameAsker(answer.question(), question));
            case NO_SUCH_MODEL -> isOthersTurn(question.answerId());
            default -> false;
        };
    }

    private static boolean isOfSameAsker(Question one, Question other) {
        return one.asker().userId().equals(other.asker().userId());
    }

    /** During an update, other nodes may know models that this one does not. */
    private boolean isOthersTurn(String answerId) {
        if (unknown.size() >= MOST) {
            unknown.clear();
        }
        long now = System.nanoTime();
        boolean theirs = now - unknown.computeIfAbsent(answerId, first -> now) < grace.toNanos();
        if (!theirs) {
            unknown.remove(answerId);
        }
        return theirs;
    }
}
