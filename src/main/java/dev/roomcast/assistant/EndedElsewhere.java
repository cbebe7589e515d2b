package dev.roomcast.assistant;

import dev.roomcast.room.Journal;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An end that another node writes is seen as soon as it is in the log here, also while the provider is silent. */
final class EndedElsewhere {

    /** @param work where what it brings about is done */
    static void watch(Answer answer, Executor work) {
        // The bell rings for each piece, and what an end brings about is too much for it.
        Runnable bell = () -> {
            if (answer.isEndedElsewhere()) {
                try {
                    work.execute(answer::checkUnderWay);
                } catch (RejectedExecutionException e) {
                    // The server stops, and interrupts all answers.
                }
            }
        };
        Journal.Watch watch = answer.room().watch(bell);
        answer.over().thenRun(watch::close);
        bell.run(); // watched first, then looked: an end in between must not be missed
    }

    private EndedElsewhere() {}
}
