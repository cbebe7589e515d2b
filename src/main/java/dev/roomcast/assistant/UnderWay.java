package dev.roomcast.assistant;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The answers under way on this node. Thread-safe; no method blocks but {@link #awaitNone}. */
final class UnderWay {

    private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final Object none = new Object();

    void add(Answer answer) {
        answers.put(answer.question().answerId(), answer);
    }

    void remove(Answer answer) {
        answers.remove(answer.question().answerId(), answer);
        synchronized (none) {
            none.notifyAll();
        }
    }

    /** The one of this name, or {@code null} if it is not here. */
    Answer find(String answerId) {
        return answers.get(answerId);
    }

    Collection<Answer> all() {
        return answers.values();
    }

    /** Waits until there is none, or until this is over. */
    void awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (none) {
            long left;
            while (!answers.isEmpty() && (left = deadline - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(none, left);
            }
        }
    }
}
