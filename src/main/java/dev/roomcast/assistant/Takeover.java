package dev.roomcast.assistant;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * What becomes of answers whose node is gone: they end as {@code interrupted}, and may be asked again, as new answers. Of all
 * nodes that see it one has its end in the log, and that one goes on. Immutable.
 *
 * @param again asks the question of an answer again
 */
record Takeover(Mode mode, BiFunction<Room, Running, CompletionStage<Appended>> again) {

    private static final System.Logger LOG = System.getLogger(Takeover.class.getName());

    /** {@code roomcast.answers.takeover}. */
    enum Mode {
        INTERRUPT,
        ASK_AGAIN,
        CONTINUE;

        static Mode of(String setting) {
            return Arrays.stream(values())
                    .filter(mode -> mode.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(setting))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "roomcast.answers.takeover is one of interrupt, ask-again and continue."));
        }
    }

    /** Ends it, as whoever wanted it to stop wished, or else as interrupted. */
    CompletionStage<?> end(Room room, Running answer, Nodes.Wish wish) {
        String text = answer.text();
        int digest = new Digest().add(text).value();
        Outcome outcome = wish != null
                ? new Outcome(Status.CANCELLED, wish.by(), null, null, null, text.length(), digest, null)
                : new Outcome(
                        Status.INTERRUPTED,
                        null,
                        "server-lost",
                        "The server that wrote this answer is gone.",
                        null,
                        text.length(),
                        digest,
                        null);
        Question question = answer.question();
        Content end =
                new Content.AnswerEnded(question.answerId(), question.asker().userId(), outcome);
        return room.append(Draft.of(end).because(wish == null ? null : wish.re()))
                .thenCompose(ended -> {
                    LOG.log(
                            Level.INFO,
                            "Answer {0} in {1} was left by its node: {2}",
                            question.answerId(),
                            room.id(),
                            outcome.status().wire());
                    return wish != null || mode == Mode.INTERRUPT
                            ? CompletableFuture.completedStage(ended)
                            : again.apply(room, answer);
                });
    }
}
