package dev.roomcast.assistant;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Ends an answer with the text that the log has of it: for those who do not write it, as another node does, or whose writer lost count.
 * Its writer finds out by its next append at the latest. Pure.
 */
final class LastWord {

    /** A text that grows meanwhile has to be looked at again. */
    private static final int ATTEMPTS = 20;

    /** @param as the outcome, but for the text */
    static CompletionStage<Appended> on(Room room, String answerId, Outcome as, String re) {
        return on(room, answerId, as, re, ATTEMPTS);
    }

    private static CompletionStage<Appended> on(Room room, String answerId, Outcome as, String re, int attempts) {
        Running answer = room.state().running().get(answerId);
        if (answer == null) {
            return CompletableFuture.failedStage(new Refused(Code.NO_SUCH_ANSWER, "This answer is not under way."));
        }
        int digest = new Digest().add(answer.text()).value();
        Outcome outcome = new Outcome(
                as.status(), as.by(), as.code(), as.message(), as.finish(), answer.length(), digest, as.usage());
        Content ended =
                new Content.AnswerEnded(answerId, answer.question().asker().userId(), outcome);
        return room.append(Draft.of(ended).because(re))
                .handle((appended, failure) -> {
                    if (isNoSuchAnswer(failure) && attempts > 1) {
                        return on(room, answerId, as, re, attempts - 1);
                    }
                    return failure == null
                            ? CompletableFuture.completedStage(appended)
                            : CompletableFuture.<Appended>failedStage(cause(failure));
                })
                .thenCompose(Function.identity());
    }

    static boolean isNoSuchAnswer(Throwable failure) {
        return cause(failure) instanceof Refused refused && refused.code() == Code.NO_SUCH_ANSWER;
    }

    static boolean isUnavailable(Throwable failure) {
        return cause(failure) instanceof Refused refused && refused.code() == Code.UNAVAILABLE;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private LastWord() {}
}
