package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Running;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** One room in Redis, as it is read and written here. Thread-safe; no method blocks. */
final class RedisRoom {

    private final RedisLog log;
    private final RoomView view;
    private final Follower follower;
    private final RedisJournal home;
    private final Set<Runnable> bells = new CopyOnWriteArraySet<>();

    /** Answers that this node writes, with the digest of what it has told Redis of them, and those that it is about to begin. */
    private final Map<String, Digest> held = new ConcurrentHashMap<>();

    private final Set<String> beginning = ConcurrentHashMap.newKeySet();

    private volatile CompletableFuture<Void> opened;
    private volatile long touched = System.nanoTime();
    private volatile long asked = touched;
    private volatile boolean behind;
    private volatile Doorbells.Ring rung;

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

    /** @param writes it has begun here */
    void begun(String answerId, boolean writes) {
        if (writes) {
            held.put(answerId, new Digest());
        }
        beginning.remove(answerId);
    }

    /** Of the text with this piece, for those who will end it without having read it. Once for each piece. */
    int digest(Content.AnswerChunk piece) {
        Digest written = held.get(piece.answerId());
        if (written == null) {
            Running answer = view.known().state().running().get(piece.answerId());
            written = new Digest().add(answer == null ? "" : answer.text());
        }
        return written.add(piece.text()).value();
    }

    /** This node does not write it any more. */
    void letGo(String answerId) {
        held.remove(answerId);
    }

    /** Also of those that others have ended. */
    void letGoEnded() {
        List<String> mine = List.copyOf(held.keySet()); // first, since what is held has begun in the view
        Set<String> running = view.known().state().running().keySet();
        mine.stream().filter(answer -> !running.contains(answer)).forEach(held::remove);
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

    /** An event was appended here, of which Redis has filled something in. */
    CompletionStage<Void> appended() {
        // If it cannot be read now, it is in the log nonetheless.
        return catchUp().handleAsync((nothing, failure) -> null, home.work());
    }

    /** Takes an event that was appended here; whoever reads hears of it before the stage completes. */
    CompletionStage<Void> appended(long epoch, Event event, boolean snapshotDue) {
        if (!view.take(epoch, event)) {
            return appended(); // others were faster
        }
        if (snapshotDue) {
            Known known = view.known(); // once: what is cut off must be in what is stored
            log.store(known.state(), Math.min(view.firstKept(), known.seq() + 1));
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
