package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One append to a log in Redis, through whatever comes between: decisions of others, and a Redis that does not answer. What may
 * have been appended already is recognised, so it is in the log once. Used once.
 */
final class RedisAppend {

    /** Between two appends of one answer: at most 40 a second. What the model says meanwhile is gathered behind it. */
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(25);

    private static final long RETRY_MILLIS = 100;
    private static final int MAX_STALE = 100;
    private static final Duration SOON = Duration.ofSeconds(2);

    private final RedisRoom room;
    private final Draft draft;
    private final RedisJournal home;
    private final CompletableFuture<Appended> result = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private final String mark = Ids.next('p');
    private Integer digest;
    private boolean again;
    private int stale;

    RedisAppend(RedisRoom room, Draft draft, RedisJournal home) {
        this.room = room;
        this.draft = draft;
        this.home = home;
    }

    CompletionStage<Appended> run() {
        if (!ofAnswer() && !home.isUp()) {
            return CompletableFuture.failedStage(unavailable()); // nothing was sent, and nothing is half accepted
        }
        if (draft.content() instanceof Content.AnswerChunk chunk && !room.holds(chunk.answerId())) {
            return CompletableFuture.failedStage(noSuchAnswer());
        }
        if (draft.content().asked() != null) {
            room.begins(draft.content().answer());
            home.legacy().note(room.log().room());
        }
        if (draft.next() != null) {
            room.begins(draft.next().answerId()); // it will wait, and somebody has to look after it
            home.legacy().note(room.log().room());
        }
        room.open().whenComplete((nothing, failure) -> {
            if (failure == null) {
                send();
            } else {
                failed();
            }
        });
        return result.whenComplete(this::note);
    }

    /** Whether this node writes the answer from now on. */
    private void note(Appended appended, Throwable refused) {
        String answerId = draft.content().answer();
        if (draft.next() != null) {
            room.begun(draft.next().answerId(), null);
        }
        if (draft.content().asked() != null) {
            boolean writes = refused == null && !appended.repeated() && !appended.waits();
            room.begun(answerId, writes ? appended.position() : null);
            if (refused instanceof Refused refusal && refusal.code() == Code.UNAVAILABLE) {
                room.mayHaveBegun(answerId);
            }
        } else if (ofAnswer() && isOver(refused)) {
            room.letGo(answerId);
        }
    }

    /** A piece that is not taken ends the writing. An end that is not, of somebody who thought that it had not begun, does not. */
    private boolean isOver(Throwable refused) {
        boolean end = draft.content() instanceof Content.AnswerEnded;
        boolean illegal = refused instanceof Refused refusal && refusal.code() == Code.NO_SUCH_ANSWER;
        return end ? !illegal : refused != null;
    }

    private boolean ofAnswer() {
        return draft.content() instanceof Content.AnswerChunk || draft.content() instanceof Content.AnswerEnded;
    }

    private void send() {
        try {
            decideAndSend();
        } catch (RuntimeException e) {
            result.completeExceptionally(e); // somebody waits for it
        }
    }

    private void decideAndSend() {
        Known known = room.view().known();
        Decision decision = Decision.of(
                known,
                draft,
                home.node(),
                room.holds(String.valueOf(draft.content().answer())));
        room.log().append(known, decision, draft, mark, again, digest(decision)).whenComplete((reply, failure) -> {
            try {
                if (failure == null) {
                    take(reply, decision);
                } else {
                    again = true;
                    failed();
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private int digest(Decision decision) {
        if (decision.content() instanceof Content.AnswerEnded end) {
            return end.outcome().digest();
        }
        if (decision.content() instanceof Content.AnswerChunk piece && digest == null) {
            digest = room.digest(piece); // however often it is sent
        }
        return digest == null ? 0 : digest;
    }

    private void take(RedisLog.Reply reply, Decision decision) {
        switch (reply.what()) {
            case "ok" -> appended(reply, decision);
            case "repeated" -> repeated(reply);
            case "reused" ->
                refuse(new Refused(Code.ID_REUSED, "This id was used for another command. Choose a new one."));
            case "refused" -> refuse(decision.refusal());
            case "illegal" ->
                // Others have ended it. Whoever is told so sees it, too.
                room.catchUp().whenComplete((nothing, failure) -> refuse(noSuchAnswer()));
            default -> decideAgain();
        }
    }

    private void appended(RedisLog.Reply reply, Decision decision) {
        Content content = decision.content();
        Event event = new Event(reply.seq(), reply.time(), draft.re(), content);
        Appended appended = new Appended(
                new Position(reply.epoch(), reply.seq()),
                CommandMemory.outcomeId(content),
                false,
                content instanceof Content.AnswerQueued);

        CompletionStage<Void> seen = decision.closes() || draft.next() != null
                ? room.appended(reply.snapshotDue())
                : room.appended(reply.epoch(), event, reply.snapshotDue());
        seen.whenComplete((nothing, failure) -> complete(appended));
    }

    /** A piece of an answer is done when the next one may come; the first of all has been seen by then. */
    private void complete(Appended appended) {
        long left = GATHER - (System.nanoTime() - begun);
        if (draft.content() instanceof Content.AnswerChunk && left > 0) {
            later(left, () -> result.complete(appended));
        } else {
            result.complete(appended);
        }
    }

    private void repeated(RedisLog.Reply reply) {
        // What this very append had done before its answer got lost is no repeat.
        boolean own = again && reply.outcome().equals(CommandMemory.outcomeId(draft.content()));
        Position position = new Position(reply.epoch(), reply.seq());
        room.catchUp()
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (own && failure != null) {
                                failed(); // whether it has begun or waits is not known
                                return;
                            }
                            boolean waits = own && room.view().isQueued(position);
                            result.complete(new Appended(position, reply.outcome(), !own, waits));
                        },
                        home.work());
    }

    private void decideAgain() {
        if (++stale > MAX_STALE) {
            refuse(unavailable());
            return;
        }
        room.catchUp().whenComplete((nothing, failure) -> {
            if (failure == null) {
                send();
            } else {
                failed();
            }
        });
    }

    /** Not known whether it was appended. Tried again for as long as it may matter. */
    private void failed() {
        if (System.nanoTime() - begun > home.lease().toNanos()) {
            refuse(unavailable());
        } else {
            later(
                    TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS),
                    () -> room.open().whenComplete((nothing, failure) -> {
                        if (failure == null) {
                            send();
                        } else {
                            failed();
                        }
                    }));
        }
    }

    private void later(long nanos, Runnable task) {
        try {
            home.timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            refuse(unavailable()); // the server stops
        }
    }

    private void refuse(Refused refusal) {
        try {
            home.work().execute(() -> result.completeExceptionally(refusal)); // not on the client's threads
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(refusal);
        }
    }

    static Refused noSuchAnswer() {
        return new Refused(Code.NO_SUCH_ANSWER, "This answer is not under way.");
    }

    private static Refused unavailable() {
        return new Refused(
                Code.UNAVAILABLE, "This server cannot reach what it shares with others. Try again soon.", SOON);
    }
}
