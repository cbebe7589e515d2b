package dev.roomcast.assistant;

import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Question;
import dev.roomcast.room.Room;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Puts what a model says into the log, one append at a time. What it says meanwhile goes along with the next one, so that a log which takes
 * its time makes for larger pieces and not for a slower answer.
 *
 * <p>One thread writes; it waits only while much is held back, and at the end. Appends complete on any thread, which never waits.
 */
final class Scribe {

    /** So many characters at most are held back while the log takes nothing. */
    static final int MOST_HELD = 1 << 16;

    private final Room room;
    private final Question question;
    private final Pen pen;
    private final Written written;
    private final BooleanSupplier stopped;
    private final Consumer<Throwable> done;

    // Guarded by this.
    private final StringBuilder held = new StringBuilder();
    private boolean appending;
    private Throwable failure;

    /**
     * @param pen is this one's while something is being appended
     * @param stopped whether the answer shall end: then what is held back is not to be shown any more
     * @param done told, with {@code null} or why it failed, whenever the pen was put down after an append
     */
    Scribe(Room room, Question question, Pen pen, Written written, BooleanSupplier stopped, Consumer<Throwable> done) {
        this.room = room;
        this.question = question;
        this.pen = pen;
        this.written = written;
        this.stopped = stopped;
        this.done = done;
    }

    /**
     * @return {@code false} if the answer is over
     * @throws CompletionException why something before it is not in the log
     */
    boolean write(String piece) {
        synchronized (this) {
            awaitWhile(() -> appending && held.length() >= MOST_HELD);
            check();
            if (appending) {
                held.append(piece);
                return true;
            }
            if (!pen.take()) {
                return false;
            }
            appending = true;
        }
        append(piece);
        return true;
    }

    /**
     * Waits until all that was written is in the log, if it shall be.
     *
     * @throws CompletionException why it is not
     */
    synchronized void finish() {
        awaitWhile(() -> appending);
        check();
    }

    private void check() {
        if (failure != null) {
            throw new CompletionException(failure);
        }
    }

    /** Whoever is interrupted waits all the same, as the end must not come before what it ends. */
    private void awaitWhile(BooleanSupplier condition) {
        boolean interrupted = false;
        while (condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the pen. */
    private void append(String piece) {
        Content chunk =
                new Content.AnswerChunk(question.answerId(), question.asker().userId(), written.length(), piece);
        CompletionStage<?> append;
        try {
            append = room.append(Draft.of(chunk));
        } catch (RuntimeException | Error e) {
            append = CompletableFuture.failedStage(e);
        }
        append.whenComplete((appended, refused) -> appended(piece, refused));
    }

    private void appended(String piece, Throwable refused) {
        String next = null;
        synchronized (this) {
            if (refused == null) {
                written.add(piece);
                next = held.isEmpty() || stopped.getAsBoolean() ? null : held.toString();
            }
            held.setLength(0);
            if (next == null) {
                failure = refused instanceof CompletionException && refused.getCause() != null
                        ? refused.getCause()
                        : refused;
                pen.putDown();
                appending = false;
            }
            notifyAll();
        }
        if (next != null) {
            append(next);
        } else {
            done.accept(refused);
        }
    }
}
