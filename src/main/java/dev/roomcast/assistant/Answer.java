package dev.roomcast.assistant;

import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One answer under way: reads the model and appends what comes, until it ends, in exactly one way.
 *
 * <p>{@link #run} appends its text, on one thread, which may block. Any other may stop it at any time, and does not: while the writer
 * waits for the model, whoever stops the answer ends it in the log, so that everybody sees it at once, however the provider takes being hung
 * up on; while a piece is being appended, it ends after that. Whoever has the {@link #pen} owns what is {@link #written}.
 */
final class Answer {

    private static final System.Logger LOG = System.getLogger(Answer.class.getName());

    private static final Reason STOPPING = new Reason("server-stopped", "The server stopped before the end.", true);
    private static final Reason CUT_OFF = new Reason("server-cut-off", "The server lost the room.", true);
    private static final Reason BROKEN = new Reason("internal", "Something went wrong on this server.", true);

    private final Room room;
    private final Question question;
    private final int maxLength;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Position begun;
    private volatile ModelStream stream;
    private volatile long lastRead = System.nanoTime();

    private final Pen pen = new Pen();
    private final Written written = new Written();
    private final Scribe scribe;

    Answer(Room room, Question question, int maxLength) {
        this.room = room;
        this.question = question;
        this.maxLength = maxLength;
        this.scribe = new Scribe(room, question, pen, written, () -> stop.get() != null, this::appended);
    }

    Room room() {
        return room;
    }

    Question question() {
        return question;
    }

    /** Completes, never exceptionally, once the end is in the log, or cannot be. */
    CompletableFuture<Void> over() {
        return over;
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

    /** @return {@code false} if somebody was faster */
    boolean stop(String by, String commandId) {
        return stop(new Stop(by, commandId, null));
    }

    /** The server cannot go on with it. */
    void interrupt() {
        stop(new Stop(null, null, STOPPING));
    }

    /** The server has lost the room, and somebody else may be ending it there. */
    void cutOff() {
        stop(new Stop(null, null, CUT_OFF));
    }

    private boolean stop(Stop wanted) {
        if (!stop.compareAndSet(null, wanted)) {
            return false;
        }
        endAsStopped();
        hangUp();
        return true;
    }

    /** It has begun here in the log. */
    void begun(Position at) {
        begun = at;
    }

    /** Hangs up if another node has stopped it. */
    void checkUnderWay() {
        if (isEndedElsewhere()) {
            endedElsewhere();
        }
    }

    /** Whether it is over in the log and not here. Costs next to nothing, and never throws. */
    boolean isEndedElsewhere() {
        Position from = begun;
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
        if (pen.end()) {
            over.complete(null);
            hangUp();
        }
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
                fail(e);
            } catch (RuntimeException | Error e) {
                // An error, too, such as a class that a library lacks: nobody else would end the answer.
                broke(e);
            }
        }
        over.join();
    }

    private void read(ModelStream opened, int promptTokens) throws ModelFailed {
        ModelStream.Ending ending;
        try {
            ending = take(opened, promptTokens);
        } finally {
            scribe.finish(); // whatever it ends by: what was said before is kept, or this says why it cannot be
        }
        // Who stopped it while a piece was being appended had the rest dropped: then it is not complete.
        if (ending != null && stop.get() == null) {
            complete(ending);
        } else {
            endAsStopped();
        }
    }

    /** @return how the model ended it, or {@code null} if it was stopped, or is over */
    private ModelStream.Ending take(ModelStream opened, int promptTokens) throws ModelFailed {
        long length = 0;
        // Opened first, then looked: a stop in between, or an end by somebody else, must not be missed.
        while (stop.get() == null && !pen.isOver()) {
            written.asked(promptTokens);
            String piece = opened.next();
            if (piece == null) {
                return opened.ending();
            }
            length += piece.length();
            if (length > maxLength) {
                String tooLong = "The answer was longer than " + maxLength + " characters.";
                throw new ModelFailed("answer-too-long", tooLong, false, null, null);
            }
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
        } else if (stop.get() != null) {
            endAsStopped(); // whoever wanted that could not do so meanwhile
        }
    }

    private void broke(Throwable e) {
        if (LastWord.isNoSuchAnswer(e) && !room.state().running().containsKey(question.answerId())) {
            endedElsewhere();
            return;
        }
        if (LastWord.isUnavailable(e)) {
            // Nobody can be shown how it goes on, and the provider has been hung up on.
            if (pen.end()) {
                end(written.interrupted(CUT_OFF), null);
            }
            return;
        }
        LOG.log(Level.ERROR, "Answer " + question.answerId() + " in " + room.id() + " broke at " + written.length(), e);
        fail(BROKEN);
    }

    private void complete(ModelStream.Ending ending) {
        if (pen.end()) {
            end(written.complete(ending), null);
        }
    }

    /** Ends it as whoever stopped it wished, or else as failed for this reason. */
    void fail(Reason reason) {
        fail(reason, null);
    }

    private void fail(ModelFailed why) {
        fail(why.reason(), why.usage());
    }

    private void fail(Reason reason, ModelStream.Usage usage) {
        if (stop.get() != null) {
            endAsStopped();
        } else if (pen.end()) {
            end(written.failed(reason, usage), null);
        }
    }

    /** Ends it if whoever reads the model is stuck there, and cannot tell that it took too long. */
    void checkReader() {
        ModelStream open = stream;
        ModelFailed why = open == null ? null : open.stuck();
        if (why != null) {
            fail(why);
            hangUp();
        }
    }

    private void endAsStopped() {
        if (pen.end()) {
            Stop wanted = stop.get();
            end(wanted.why == null ? written.cancelled(wanted.by) : written.interrupted(wanted.why), wanted.commandId);
        }
    }

    private void end(Outcome outcome, String re) {
        LastWord.say(room, question, outcome, re).thenRun(() -> over.complete(null));
    }

    /** @param why the server cannot go on with it, or {@code null} if somebody does not want it to */
    private record Stop(String by, String commandId, Reason why) {}
}
