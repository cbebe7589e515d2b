package dev.roomcast.assistant;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The end of an answer, and how it gets into the log. Pure. */
final class LastWord {

    private static final System.Logger LOG = System.getLogger(LastWord.class.getName());

    /**
     * By the answer's writer, who knows its text. Completes, never exceptionally, once the end is in the log or cannot be, with whether it is.
     *
     * @param re the {@code id} of the command that caused it, or {@code null}
     * @param next see {@link Draft#with}
     */
    static CompletionStage<Boolean> say(Room room, Question question, Outcome outcome, String re, Question next) {
        Content ended =
                new Content.AnswerEnded(question.answerId(), question.asker().userId(), outcome);
        return room.append(Draft.of(ended).because(re).with(next))
                .handle((appended, failure) -> {
                    if (isNoSuchAnswer(failure)) {
                        // Ended elsewhere, or an append of ours is in the log although we were told that it is not.
                        return on(room, question.answerId(), outcome, re, next)
                                .handle((again, lost) -> tell(room, question, outcome, null) && lost == null);
                    }
                    return CompletableFuture.completedStage(tell(room, question, outcome, failure));
                })
                .thenCompose(Function.identity());
    }

    /** @return whether it is in the log */
    private static boolean tell(Room room, Question question, Outcome outcome, Throwable failure) {
        if (failure == null) {
            LOG.log(
                    outcome.code() == null ? Level.DEBUG : Level.INFO,
                    "Answer {0} in {1}: {2}, {3} characters{4}",
                    question.answerId(),
                    room.id(),
                    outcome.status().wire(),
                    String.valueOf(outcome.length()),
                    outcome.code() == null ? "" : ", " + outcome.code());
        } else if (isUnavailable(failure)) {
            LOG.log(Level.INFO, "The end of answer {0} in {1} is left to later", question.answerId(), room.id());
        } else {
            String what = "The end of answer " + question.answerId() + " in " + room.id() + " is not in the log";
            LOG.log(Level.ERROR, what, failure);
        }
        return failure == null;
    }

    /**
     * By those who do not write it, as another node does, or whose writer lost count: with the text that the log has of it. Its writer finds out by
     * its next append at the latest.
     *
     * @param as the outcome, but for the text; what it cost is estimated if it does not say so
     */
    static CompletionStage<Appended> on(Room room, String answerId, Outcome as, String re) {
        return on(room, answerId, as, re, null);
    }

    /** The same. @param next see {@link Draft#with} */
    static CompletionStage<Appended> on(Room room, String answerId, Outcome as, String re, Question next) {
        Running answer = room.state().running().get(answerId);
        if (answer == null) {
            return CompletableFuture.failedStage(new Refused(Code.NO_SUCH_ANSWER, "This answer is not under way."));
        }
        String userId = answer.question().asker().userId();
        Outcome outcome = as.usage() == null ? as.costing(estimate(answer)) : as;
        return room.append(Draft.of(new Content.AnswerEnded(answerId, userId, outcome.ofTheLog()))
                .because(re)
                .with(next));
    }

    /** Whoever does not write it does not know its whole prompt. What they know of is better than that it cost nothing. */
    static Outcome.Usage estimate(Running answer) {
        int prompt = Tokens.PER_TURN + Tokens.in(answer.question().prompt());
        return new Outcome.Usage(prompt, Tokens.in(answer.text()), true);
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
