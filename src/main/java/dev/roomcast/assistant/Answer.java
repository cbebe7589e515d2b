package dev.roomcast.assistant;

import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One answer under way: reads the model and appends what comes, until it ends, in exactly one way.
 *
 * <p>{@link #run} appends its text, on one thread, which may block. Any other may stop it at any time, and does not: while the writer
 * waits for the model, whoever stops the answer ends it in the log, so that everybody sees it at once, however the provider takes being hung
 * up on; while a piece is being appended, it ends after that. Whoever has the {@link #pen} owns what is {@link #written}.
 */
final class Answer {

    private static final System.Logger LOG = System.getLogger(Answer.class.getName());

    private static final Reason BROKEN = new Reason("internal", "Something went wrong on this server.", true);

    private final Room room;
    private final Question question;
    private final Extent extent;
    private final CompletableFuture<Position> begun = new CompletableFuture<>();
    private volatile ModelStream stream;
    private volatile long lastRead = System.nanoTime();

    private final Pen pen = new Pen();
    private final Written written = new Written();
    private final AnswerEnd end;
    private final Scribe scribe;

    /** @param questions of which one may be asked next, where this server could not go on with it */
    Answer(Room room, Question question, Extent extent, Questions questions) {
        this.room = room;
        this.question = question;
        this.extent = extent;
        this.end = new AnswerEnd(room, question, pen, written, begun, questions);
        this.scribe = new Scribe(room, question, pen, written, end::isWanted, this::appended);
    }

    Room room() {
        return room;
    }

    Question question() {
        return question;
    }

    /** Completes, never exceptionally, once the end is in the log, or cannot be. */
    CompletableFuture<Void> over() {
        return end.over();
    }

    /** What it cost, prompt and answer together, as far as anybody knows. Once it is {@link #over}. */
    long tokens() {
        return written.tokens();
    }

    /** Somebody is there to read it. */
    void read() {
        lastRead = System.nanoTime();
    }

    long unreadFor() {
        return System.nanoTime() - lastRead;
    }

    /** @return whether its end tells them so by the id of their command: not if somebody, or its own end, was faster */
    CompletionStage<Boolean> stop(String by, String commandId) {
        return hangUpIf(end.stop(by, commandId)) ? end.asWished() : CompletableFuture.completedStage(false);
    }

    /** The server cannot go on with it. */
    void interrupt() {
        hangUpIf(end.interrupt());
    }

    /** The server has lost the room, and somebody else may be ending it there. */
    void cutOff() {
        hangUpIf(end.cutOff());
    }

    private boolean hangUpIf(boolean ended) {
        if (ended) {
            hangUp();
        }
        return ended;
    }

    /** It has begun here in the log. */
    void begun(Position at) {
        begun.complete(at);
    }

    /** Hangs up if another node has stopped it. */
    void checkUnderWay() {
        if (isEndedElsewhere()) {
            endedElsewhere();
        }
    }

    /** Whether it is over in the log and not here. Costs next to nothing, and never throws. */
    boolean isEndedElsewhere() {
        Position from = begun.getNow(null);
        if (from == null || pen.isOver()) {
            return false;
        }
        RoomState state;
        try {
            state = room.state();
        } catch (Refused e) {
            return false; // it cannot be read right now
        }
        boolean known =
                state.position().epoch() != from.epoch() || state.position().seq() >= from.seq();
        return known && !state.running().containsKey(question.answerId());
    }

    /** Somebody else has ended it in the log. */
    void endedElsewhere() {
        hangUpIf(end.elsewhere());
    }

    private void hangUp() {
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    /** Blocks until the answer is over. Never throws. */
    void run(LanguageModel model, Conversation.Told told) {
        if (!pen.isOver()) {
            try (ModelStream opened = model.open(told.prompt())) {
                stream = opened;
                read(opened, told.tokens());
            } catch (ModelFailed e) {
                end.fail(e);
            } catch (RuntimeException | Error e) {
                // An error, too, such as a class that a library lacks: nobody else would end the answer.
                broke(e);
            }
        }
        end.over().join();
    }

    private void read(ModelStream opened, int promptTokens) throws ModelFailed {
        ModelStream.Ending ending;
        try {
            ending = take(opened, promptTokens);
        } finally {
            scribe.finish(); // whatever it ends by: what was said before is kept, or this says why it cannot be
        }
        if (ending != null) {
            end.complete(ending);
        } else {
            end.asStopped();
        }
    }

    /** @return how the model ended it, or {@code null} if it was stopped, or is over */
    private ModelStream.Ending take(ModelStream opened, int promptTokens) throws ModelFailed {
        long length = 0;
        long asked = System.nanoTime();
        // Opened first, then looked: a stop in between, or an end by somebody else, must not be missed.
        while (!end.isWanted() && !pen.isOver()) {
            written.asked(promptTokens);
            String piece = opened.next();
            if (piece == null) {
                return opened.ending();
            }
            length += piece.length();
            extent.check(length, System.nanoTime() - asked);
            if (!scribe.write(piece)) {
                return null;
            }
        }
        return null;
    }

    /** A piece is in the log, or cannot be. On any thread. */
    private void appended(Throwable failure) {
        if (failure != null) {
            hangUp(); // what is not in the log is not shown, and its reader may wait for the model
        } else if (end.isWanted()) {
            end.asStopped(); // whoever wanted that could not do so meanwhile
        }
    }

    private void broke(Throwable e) {
        boolean ended;
        try {
            ended = LastWord.isNoSuchAnswer(e) && !room.state().running().containsKey(question.answerId());
        } catch (Refused unreadable) {
            end.lost();
            return;
        }
        if (ended) {
            endedElsewhere();
            return;
        }
        // The log has lost some of it, such as by a failover, or takes nothing.
        if (LastWord.isNoSuchAnswer(e) || LastWord.isUnavailable(e)) {
            end.lost(); // and the provider has been hung up on
            return;
        }
        LOG.log(Level.ERROR, "Answer " + question.answerId() + " in " + room.id() + " broke at " + written.length(), e);
        end.fail(BROKEN);
    }

    /** Ends it as whoever stopped it wished, or else as failed for this reason. */
    void fail(Reason reason) {
        end.fail(reason);
    }

    /** Ends it if whoever reads the model is stuck there, and cannot tell that it took too long. */
    void checkReader() {
        ModelStream open = stream;
        ModelFailed why = open == null ? null : open.stuck();
        if (why != null) {
            end.fail(why);
            hangUp();
        }
    }
}
