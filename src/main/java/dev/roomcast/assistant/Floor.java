package dev.roomcast.assistant;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Turns;
import dev.roomcast.room.Waiting;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is answered now, and who next: an answer needs a place in its room, which the room's log knows, and a {@linkplain Seats seat} on this
 * node. Whenever one is given back, the fairest of those who wait gets it. Thread-safe; no method blocks.
 */
final class Floor {

    private static final System.Logger LOG = System.getLogger(Floor.class.getName());

    private static final Reason FULL =
            new Reason("server-busy", "The server has as many answers under way as it may have.", true);

    private final Preparation preparation;
    private final Questions questions;
    private final Threads threads;
    private final Limits limits;
    private final Extent extent;
    private final Unready unready;
    private final Seats seats;
    private final UnderWay answers = new UnderWay();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closed;

    Floor(Preparation preparation, Questions questions, Threads threads, Bounds bounds) {
        this.preparation = preparation;
        this.questions = questions;
        this.threads = threads;
        this.limits = bounds.limits();
        this.extent = bounds.extent();
        this.unready = new Unready(answers, bounds.lasting() ? bounds.grace() : Duration.ZERO);
        this.seats = new Seats(bounds.answers());
    }

    /** On this node. */
    UnderWay answers() {
        return answers;
    }

    /** No question begins any more that waits. */
    void close() {
        closed = true;
    }

    /**
     * Answers, or lets wait. See {@link Assistant#ask}.
     *
     * @throws Refused if it cannot be answered whenever it is
     */
    CompletionStage<Appended> ask(Room room, Question question, String commandId) {
        Preparation.Ready ready = preparation.of(room, question);
        boolean seat = seats.take();
        Content content = seat ? ready.start(question, false) : new Content.AnswerQueued(question);
        Draft draft = Draft.of(content, question.asker().userId(), commandId)
                .within(limits)
                .within(preparation.ration());
        Answer answer = known(room, question, ready);
        return append(room, draft).whenComplete((appended, refused) -> {
            boolean waits = refused == null && !appended.repeated() && appended.waits();
            if (refused == null && !appended.repeated() && !waits) {
                run(answer, ready, appended);
                return;
            }
            answers.remove(answer);
            ready.hold().settle(0);
            if (seat) {
                seats.leave();
            }
            if (waits) {
                seats.lineUp(room);
            }
            serve();
        });
    }

    /** This room may have a question that waits and could begin. */
    void lookAt(Room room) {
        if (!room.state().waiting().isEmpty()) {
            seats.lineUp(room);
        }
        serve();
    }

    /** Gives free seats to those who wait. One thread at a time: whoever comes meanwhile is served by the one that is at it. */
    private void serve() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Room room;
            while (!closed && (room = seats.next()) != null) {
                try {
                    beginNext(room);
                } catch (RuntimeException | Error e) {
                    // Such as one that is not open here any more. Whoever left this loop would be taken for being at it
                    // for ever.
                    LOG.log(
                            e instanceof Refused ? Level.DEBUG : Level.ERROR,
                            "No question could begin in " + room.id(),
                            e);
                    seats.leave();
                }
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    /**
     * With a seat taken. A room with no place gives it back, and lines up again when one of its answers ends.
     *
     * @throws RuntimeException if nothing could begin; the seat is the caller's still
     */
    private void beginNext(Room room) {
        RoomState state = room.state();
        for (Waiting waiting : state.running().size() < limits.answers() ? Turns.of(state) : List.<Waiting>of()) {
            Question question = waiting.question();
            // One that is about to begin waits in this log until its beginning is there, and must not begin twice.
            if (answers.find(question.answerId()) != null) {
                continue;
            }
            try {
                begin(room, state, question, preparation.of(room, question));
                return;
            } catch (Refused e) {
                if (!unready.mayBegin(question, e)) {
                    seats.leave();
                    drop(room, question, Outcome.neverBegun(Status.FAILED, Reason.of(e)), null)
                            .whenComplete((dropped, failure) -> lookAgain(room, state));
                    return;
                }
            }
        }
        seats.leave();
    }

    private void begin(Room room, RoomState state, Question question, Preparation.Ready ready) {
        Answer answer = known(room, question, ready);
        append(room, Draft.of(ready.start(question, true)).within(limits).within(preparation.ration()))
                .whenComplete((appended, refused) -> {
                    if (refused == null) {
                        run(answer, ready, appended);
                    } else {
                        answers.remove(answer);
                        ready.hold().settle(0);
                        seats.leave();
                    }
                    lookAgain(room, state);
                });
    }

    /** What cannot even be tried gives back all that was taken for it, as what is refused does. */
    private static CompletionStage<Appended> append(Room room, Draft draft) {
        try {
            return room.append(draft);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A question could not be put into the log of " + room.id(), e);
            return CompletableFuture.failedStage(e);
        }
    }

    /** If it has changed: else the same would only be tried again. */
    private void lookAgain(Room room, RoomState before) {
        if (!room.state().position().equals(before.position())) {
            lookAt(room);
        }
    }

    /** Ends a question that waits. */
    CompletionStage<Appended> drop(Room room, Question question, Outcome outcome, String re) {
        String answerId = question.answerId();
        Content ended = new Content.AnswerEnded(answerId, question.asker().userId(), outcome);
        return room.append(Draft.of(ended).because(re)).whenComplete((appended, refused) -> {
            Answer begun = answers.find(answerId);
            if (refused == null && begun != null) {
                begun.endedElsewhere(); // it began just before, and had not said anything
            }
        });
    }

    /** Known before it is seen: whoever sees it may want to stop it. */
    private Answer known(Room room, Question question, Preparation.Ready ready) {
        Answer answer = new Answer(room, question, extent, questions);
        answers.add(answer);
        answer.over().thenRun(() -> {
            ready.hold().settle(answer.tokens()); // first, since the next one may need them
            lookAt(room);
        });
        return answer;
    }

    /** With a seat taken. */
    private void run(Answer answer, Preparation.Ready ready, Appended appended) {
        answer.begun(appended.position());
        try {
            EndedElsewhere.watch(answer, threads.work());
            threads.answers().execute(() -> {
                try {
                    answer.run(ready.model(), ready.told());
                } finally {
                    leave(answer);
                }
            });
        } catch (RuntimeException | Error e) {
            // Also where no thread can start, as for want of memory: nobody else would end the answer.
            if (!(e instanceof RejectedExecutionException)) {
                LOG.log(
                        Level.ERROR,
                        "No thread for an answer in " + answer.room().id(),
                        e);
            }
            answer.fail(FULL);
            answer.over().thenRun(() -> leave(answer));
        }
    }

    private void leave(Answer answer) {
        seats.leave();
        answers.remove(answer);
        serve();
    }
}
