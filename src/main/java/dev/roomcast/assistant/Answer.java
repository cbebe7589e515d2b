package dev.roomcast.assistant;

import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Prompt;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
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
 * up on; while the writer is appending, the writer does. {@link #phase} says whose turn it is, and guards what follows it.
 */
final class Answer {

    private static final System.Logger LOG = System.getLogger(Answer.class.getName());

    /** The writer waits for the model, or has not begun; it appends a piece; the end is appended, or will be by whoever set this. */
    private enum Phase {
        READING,
        APPENDING,
        OVER
    }

    private final Room room;
    private final Question question;
    private final int maxLength;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Position begun;
    private volatile ModelStream stream;
    private volatile long lastRead = System.nanoTime();

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READING);
    private final Digest digest = new Digest();
    private int length;
    private final Cost cost = new Cost();

    Answer(Room room, Question question, int maxLength) {
        this.room = room;
        this.question = question;
        this.maxLength = maxLength;
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
        return cost.tokens();
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
        return stop(new Stop(Status.CANCELLED, by, commandId));
    }

    /** The server cannot go on with it. */
    void interrupt() {
        stop(new Stop(Status.INTERRUPTED, null, null));
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
        Position from = begun;
        RoomState state = room.state();
        boolean known = from != null
                && (state.position().epoch() != from.epoch() || state.position().seq() >= from.seq());
        if (known && !state.running().containsKey(question.answerId())) {
            endedElsewhere();
        }
    }

    /** Somebody else has ended it in the log. */
    void endedElsewhere() {
        if (phase.compareAndSet(Phase.READING, Phase.OVER)) {
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
    void run(LanguageModel model, Prompt prompt) {
        if (phase.get() != Phase.OVER) {
            try (ModelStream opened = model.open(prompt)) {
                stream = opened;
                read(opened, Tokens.in(prompt));
            } catch (ModelFailed e) {
                fail(e.code(), e.getMessage());
            } catch (RuntimeException e) {
                broke(e);
            }
        }
        over.join();
    }

    private void read(ModelStream opened, int promptTokens) throws ModelFailed {
        // Opened first, then looked: a stop in between must not be missed.
        while (stop.get() == null) {
            cost.asked(promptTokens);
            String piece = opened.next();
            if (piece == null) {
                complete(opened.ending());
                return;
            }
            if (!append(piece)) {
                return;
            }
        }
        endAsStopped();
    }

    /** What is not appended is not shown, so the next piece waits for this one. */
    private boolean append(String piece) throws ModelFailed {
        if (!phase.compareAndSet(Phase.READING, Phase.APPENDING)) {
            return false;
        }
        try {
            if (length + piece.length() > maxLength) {
                throw new ModelFailed(
                        "answer-too-long", "The answer was longer than " + maxLength + " characters.", null, null);
            }
            Content chunk = new Content.AnswerChunk(
                    question.answerId(), question.asker().userId(), length, piece);
            room.append(Draft.of(chunk)).toCompletableFuture().join();
            length += piece.length();
            digest.add(piece);
            cost.said(piece);
            return true;
        } finally {
            phase.set(Phase.READING);
        }
    }

    private void broke(RuntimeException e) {
        if (LastWord.isNoSuchAnswer(e) && !room.state().running().containsKey(question.answerId())) {
            endedElsewhere();
            return;
        }
        if (LastWord.isUnavailable(e)) {
            // Nobody can be shown how it goes on, and the provider has been hung up on.
            if (claim()) {
                end(Status.INTERRUPTED, null, "server-cut-off", "The server lost the room.", null);
            }
            return;
        }
        LOG.log(Level.ERROR, "Answer " + question.answerId() + " in " + room.id() + " broke at " + length, e);
        fail("internal", "Something went wrong on this server.");
    }

    private void complete(ModelStream.Ending ending) {
        if (claim()) {
            cost.counted(ending.usage());
            String finish =
                    ending.finish().equals("stop") || ending.finish().equals("unknown") ? null : ending.finish();
            end(
                    new Outcome(
                            Status.COMPLETE,
                            null,
                            null,
                            null,
                            finish,
                            ending.model(),
                            length,
                            digest.value(),
                            cost.usage()),
                    null);
        }
    }

    /** Ends it as whoever stopped it wished, or else as failed for this reason. */
    void fail(String code, String message) {
        if (stop.get() != null) {
            endAsStopped();
        } else if (claim()) {
            if (length == 0) {
                cost.nothing();
            }
            end(Status.FAILED, null, code, message, null);
        }
    }

    private void endAsStopped() {
        if (claim()) {
            Stop wanted = stop.get();
            if (wanted.status == Status.INTERRUPTED) {
                end(wanted.status, null, "server-stopped", "The server stopped before the end.", null);
            } else {
                end(wanted.status, wanted.by, null, null, wanted.commandId);
            }
        }
    }

    /** Whether the caller is the one to end it. */
    private boolean claim() {
        return phase.compareAndSet(Phase.READING, Phase.OVER);
    }

    private void end(Status status, String by, String code, String message, String re) {
        end(new Outcome(status, by, code, message, null, length, digest.value(), cost.usage()), re);
    }

    private void end(Outcome outcome, String re) {
        LastWord.say(room, question, outcome, re).thenRun(() -> over.complete(null));
    }

    private record Stop(Status status, String by, String commandId) {}
}
