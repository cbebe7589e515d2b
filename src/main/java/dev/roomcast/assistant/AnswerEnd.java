package dev.roomcast.assistant;

import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Room;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of one answer, which is one, whoever comes first: the model that has no more to say, somebody who stops it, what goes wrong, or
 * another node. Whoever stops it while a piece is being appended has it ended after that. Thread-safe; no method blocks.
 */
final class AnswerEnd {

    static final Reason STOPPING = new Reason("server-stopped", "The server stopped before the end.", true);
    static final Reason CUT_OFF = new Reason("server-cut-off", "The server lost the room.", true);

    private final Room room;
    private final Question question;
    private final Pen pen;
    private final Written written;
    private final CompletionStage<?> begun;
    private final Questions questions;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final CompletableFuture<Boolean> asWished = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * @param begun once the beginning is in the log: an end before that is none
     * @param questions of which one may be asked next, where the server could not go on with it
     */
    AnswerEnd(Room room, Question question, Pen pen, Written written, CompletionStage<?> begun, Questions questions) {
        this.room = room;
        this.question = question;
        this.pen = pen;
        this.written = written;
        this.begun = begun;
        this.questions = questions;
    }

    /** Completes, never exceptionally, once it is in the log, or cannot be. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Completes once it is known how it ends: whether as whoever stopped it wished, which its end tells them. */
    CompletionStage<Boolean> asWished() {
        return asWished;
    }

    /** Somebody has stopped it: from then on nothing more of it is to be shown, and it is not complete. */
    boolean isWanted() {
        return stop.get() != null;
    }

    /** @return {@code false} if somebody was faster */
    boolean stop(String by, String commandId) {
        return stop(new Stop(by, commandId, null));
    }

    /** The server cannot go on with it. @return as {@link #stop} */
    boolean interrupt() {
        return stop(new Stop(null, null, STOPPING));
    }

    /** The server has lost the room, and somebody else may be ending it there. @return as {@link #stop} */
    boolean cutOff() {
        return stop(new Stop(null, null, CUT_OFF));
    }

    private boolean stop(Stop wanted) {
        if (!stop.compareAndSet(null, wanted)) {
            return false;
        }
        asStopped();
        return true;
    }

    /** Ends it as whoever stopped it wished; once somebody has. */
    void asStopped() {
        if (pen.end()) {
            Stop wanted = stop.get();
            if (wanted.why == null) {
                append(written.cancelled(wanted.by), wanted.commandId, null)
                        .whenComplete((told, failure) -> asWished.complete(failure == null && told));
            } else {
                asWished.complete(false);
                left(wanted.why);
            }
        }
    }

    /** The model has said all of it. */
    void complete(ModelStream.Ending ending) {
        // Who stopped it while a piece was being appended had the rest dropped.
        if (isWanted()) {
            asStopped();
        } else if (ends()) {
            append(written.complete(ending));
        }
    }

    /** Ends it as whoever stopped it wished, or else as failed for this reason. */
    void fail(Reason reason) {
        fail(reason, null);
    }

    void fail(ModelFailed why) {
        fail(why.reason(), why.usage());
    }

    private void fail(Reason reason, ModelStream.Usage usage) {
        if (isWanted()) {
            asStopped();
        } else if (ends()) {
            append(written.failed(reason, usage));
        }
    }

    /** The log takes nothing any more: nobody can be shown how it goes on. */
    void lost() {
        if (ends()) {
            left(CUT_OFF);
        }
    }

    /** Somebody else has ended it in the log. @return {@code false} if it was over here, too */
    boolean elsewhere() {
        return ends() && over.complete(null);
    }

    /** Not as somebody wished. @return {@code false} if it has ended already */
    private boolean ends() {
        boolean first = pen.end();
        if (first) {
            asWished.complete(false);
        }
        return first;
    }

    /** Somebody else may go on with it, as if this node had died. */
    private void left(Reason why) {
        append(written.interrupted(why), null, questions.afterwards(room, question, written.length() > 0));
    }

    private void append(Outcome outcome) {
        append(outcome, null, null);
    }

    private CompletionStage<Boolean> append(Outcome outcome, String re, Question next) {
        // Whatever fails: its thread and its place are given back.
        return begun.thenCompose(at -> LastWord.say(room, question, outcome, re, next))
                .whenComplete((told, failure) -> over.complete(null));
    }

    /** @param why the server cannot go on with it, or {@code null} if somebody does not want it to */
    private record Stop(String by, String commandId, Reason why) {}
}
