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
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One answer under way: reads the model and appends what comes, until it ends, in exactly one way.
 *
 * <p>{@link #run} is the only writer of its text. {@link #stop} and {@link #interrupt} may be called by any thread at any
 * time: they note why and hang up on the provider, and the writer then ends the answer.
 */
final class Answer {

    private static final System.Logger LOG = System.getLogger(Answer.class.getName());

    private final Room room;
    private final Question question;
    private final int maxLength;
    private final Digest digest = new Digest();
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private volatile ModelStream stream;
    private volatile long lastRead = System.nanoTime();
    private int length;
    private int tokens;

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

    /** What it cost, prompt and answer together, as far as anybody knows. For the thread that ran it. */
    int tokens() {
        return tokens;
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
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
        return true;
    }

    /** Blocks until the answer is over. Never throws. */
    void run(LanguageModel model, Prompt prompt) {
        try (ModelStream opened = model.open(prompt)) {
            stream = opened;
            tokens = estimate(prompt);
            // Opened first, then asked: a stop in between must not be missed.
            if (stop.get() == null) {
                append(opened);
            }
            finish(opened, prompt);
        } catch (ModelFailed e) {
            end(e.code(), e.getMessage());
        } catch (Refused e) {
            refused(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Answer " + question.answerId() + " in " + room.id() + " broke at " + length, e);
            end("internal", "Something went wrong on this server.");
        }
    }

    /** The log does not take it: nobody can be shown how it goes on, and the provider has been hung up on. */
    private void refused(Refused why) {
        LOG.log(Level.INFO, "Answer {0} in {1} cannot go on: {2}", question.answerId(), room.id(), why.code());
        if (why.code() == Refused.Code.UNAVAILABLE) {
            end(Status.INTERRUPTED, null, "server-cut-off", "The server lost the connection to the room.", null, null);
        }
        // Else others have ended it, having taken this node for gone.
    }

    private void append(ModelStream opened) throws ModelFailed {
        String piece;
        while (stop.get() == null && (piece = opened.next()) != null) {
            if (length + piece.length() > maxLength) {
                throw new ModelFailed(
                        "answer-too-long", "The answer was longer than " + maxLength + " characters.", null, null);
            }
            append(new Content.AnswerChunk(question.answerId(), question.asker().userId(), length, piece), null);
            length += piece.length();
            digest.add(piece);
        }
    }

    private void finish(ModelStream opened, Prompt prompt) {
        if (stop.get() != null) {
            end(null, null);
            return;
        }
        ModelStream.Usage used = opened.ending().usage();
        Outcome.Usage usage = used == null
                ? new Outcome.Usage(estimate(prompt), Conversation.tokens(length), true)
                : new Outcome.Usage(used.promptTokens(), used.completionTokens(), false);
        end(Status.COMPLETE, null, null, null, usage, null);
    }

    /** Ends it as whoever stopped it wished, or else as failed for this reason. */
    void end(String code, String message) {
        Stop wanted = stop.get();
        if (wanted == null) {
            end(Status.FAILED, null, code, message, null, null);
        } else if (wanted.status == Status.INTERRUPTED) {
            end(wanted.status, null, "server-stopped", "The server stopped before the end.", null, null);
        } else {
            end(wanted.status, wanted.by, null, null, null, wanted.commandId);
        }
    }

    private void end(Status status, String by, String code, String message, Outcome.Usage usage, String re) {
        tokens = usage == null ? tokens + Conversation.tokens(length) : usage.promptTokens() + usage.completionTokens();
        Outcome outcome = new Outcome(status, by, code, message, null, length, digest.value(), usage);
        try {
            append(new Content.AnswerEnded(question.answerId(), question.asker().userId(), outcome), re);
            LOG.log(
                    status == Status.FAILED || status == Status.INTERRUPTED ? Level.INFO : Level.DEBUG,
                    "Answer {0} in {1}: {2}, {3} characters{4}",
                    question.answerId(),
                    room.id(),
                    status.wire(),
                    String.valueOf(length),
                    code == null ? "" : ", " + code);
        } catch (Refused e) {
            LOG.log(
                    Level.INFO,
                    "The end of answer {0} in {1} is left to others: {2}",
                    question.answerId(),
                    room.id(),
                    e.code());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "The end of answer " + question.answerId() + " in " + room.id() + " is not in the log",
                    e);
        }
    }

    /** What is not appended is not shown, so the next piece waits for this one. */
    private void append(Content content, String re) {
        try {
            room.append(Draft.of(content).because(re)).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refused refused ? refused : e;
        }
    }

    private static int estimate(Prompt prompt) {
        return prompt.turns().stream()
                .mapToInt(turn -> Conversation.tokens(turn.content().length()))
                .sum();
    }

    private record Stop(Status status, String by, String commandId) {}
}
