package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Running;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** One room in Redis, as it is read and written here. Thread-safe; no method blocks. */
final class RedisRoom {

    private static final int MOST_UNHEARD_OF = 1_000;

    private final RedisLog log;
    private final RoomView view;
    private final Follower follower;
    private final RedisJournal home;
    private final Set<Runnable> bells = new CopyOnWriteArraySet<>();

    /** Answers that this node writes, and those that it is about to begin. */
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private final Set<String> beginning = ConcurrentHashMap.newKeySet();

    /** Answers that were refused here since nobody knew whether they had begun. */
    private final Set<String> unheardOf = ConcurrentHashMap.newKeySet();

    private volatile CompletableFuture<Void> opened;
    private volatile long touched = System.nanoTime();
    private volatile long asked = touched;
    private volatile boolean behind;
    private volatile Doorbells.Ring rung;

    /**
     * @param begun where it has in the log
     * @param digest of what Redis has been told of it
     */
    private record Held(Position begun, Digest digest) {

        boolean isIn(Known known) {
            return known.epoch() != begun.epoch() || known.seq() >= begun.seq();
        }
    }

    RedisRoom(RedisLog log, RoomView view, RedisJournal home) {
        this.log = log;
        this.view = view;
        this.home = home;
        this.follower = new Follower(log, view, this::ringElsewhere);
    }

    RedisLog log() {
        return log;
    }

    RoomView view() {
        return view;
    }

    /** Whether this node writes it. */
    boolean holds(String answerId) {
        return beginning.contains(answerId)
                || held.containsKey(answerId); // in this order: it goes from the one to the other
    }

    /** It will be seen before the append is done, and must not be taken for one that nobody writes. Or it waits then. */
    void begins(String answerId) {
        beginning.add(answerId);
    }

    /** @param at where in the log, if it has begun here; else {@code null} */
    void begun(String answerId, Position at) {
        if (at != null) {
            held.put(answerId, new Held(at, new Digest()));
        }
        beginning.remove(answerId);
    }

    /** Nobody knows, and nobody here writes it. */
    void mayHaveBegun(String answerId) {
        if (unheardOf.size() >= MOST_UNHEARD_OF) {
            unheardOf.clear(); // then they end as if they had been left
        }
        unheardOf.add(answerId);
    }

    /** Whether this node refused it, and it has begun all the same. */
    boolean isUnheardOf(Running answer) {
        return unheardOf.contains(answer.question().answerId());
    }

    /**
     * Of the text with this piece, for those who will end it without having read it. Once for each piece.
     *
     * @throws Refused if this node does not write it any more
     */
    int digest(Content.AnswerChunk piece) {
        Held writing = held.get(piece.answerId());
        if (writing == null) {
            throw RedisAppend.noSuchAnswer();
        }
        return writing.digest.add(piece.text()).value();
    }

    /** This node does not write it any more. */
    void letGo(String answerId) {
        held.remove(answerId);
    }

    /** Also of those that others have ended. */
    void letGoEnded() {
        Known known = view.known();
        Set<String> running = known.state().running().keySet();
        held.entrySet().removeIf(mine -> mine.getValue().isIn(known) && !running.contains(mine.getKey()));
    }

    /** Completes once it can be read here. After a failure, the next one who asks tries again. */
    CompletableFuture<Void> open() {
        touch();
        CompletableFuture<Void> before = opened;
        if (before != null && !before.isCompletedExceptionally()) {
            return before;
        }
        CompletableFuture<Void> now = catchUp();
        opened = now;
        return now;
    }

    /** Somebody uses it. */
    void touch() {
        touched = System.nanoTime();
    }

    CompletableFuture<Void> catchUp() {
        asked = System.nanoTime();
        return follower.catchUp().whenComplete((nothing, failure) -> behind = failure != null);
    }

    /** This node has appended this, as it hears by its own bell. */
    void rang(Doorbells.Ring ring) {
        rung = ring;
    }

    /** It could not be read when there was reason to, or something was appended here and the answer to that was lost. */
    boolean isBehind() {
        Doorbells.Ring last = rung;
        Known known = view.known();
        return behind || (last != null && known != null && last.epoch() == known.epoch() && last.seq() > known.seq());
    }

    /** Something may have been missed. */
    void doubt() {
        behind = true;
    }

    /** Nanoseconds since it was last read from Redis. */
    long unasked(long now) {
        return now - asked;
    }

    /** Nanoseconds for which nobody has used it; 0 if somebody does. */
    long unused(long now) {
        return bells.isEmpty() && held.isEmpty() && beginning.isEmpty() ? now - touched : 0;
    }

    /** Nothing is under way here, and nothing known to wait. */
    boolean isIdle() {
        Known known = view.known();
        return beginning.isEmpty()
                && held.isEmpty() // in this order, as above
                && (known == null || known.state().waiting().isEmpty());
    }

    CompletionStage<Appended> append(Draft draft) {
        touch();
        return new RedisAppend(this, draft, home).run();
    }

    void watch(Runnable bell) {
        touch();
        bells.add(bell);
    }

    void unwatch(Runnable bell) {
        touch();
        bells.remove(bell);
    }

    /** Something was appended here that has to be read: others were faster, Redis has filled something in, or there was more than one event. */
    CompletionStage<Void> appended(boolean snapshotDue) {
        return catchUp()
                .handleAsync(
                        (nothing, failure) -> {
                            if (failure == null && snapshotDue) {
                                store();
                            }
                            return null; // if it cannot be read now, it is in the log nonetheless
                        },
                        home.work());
    }

    private void store() {
        if (view.isUnderstood()) {
            Known known = view.known(); // once: what is cut off must be in what is stored
            log.store(known.state(), Math.min(view.firstKept(), known.seq() + 1));
        }
    }

    /** Takes an event that was appended here; whoever reads hears of it before the stage completes. */
    CompletionStage<Void> appended(long epoch, Event event, boolean snapshotDue) {
        if (!view.take(epoch, event)) {
            return appended(snapshotDue);
        }
        if (snapshotDue) {
            store();
        }
        return CompletableFuture.runAsync(this::ring, home.work());
    }

    private void ringElsewhere() {
        home.work().execute(this::ring);
    }

    private void ring() {
        bells.forEach(Runnable::run);
    }
}
