package dev.roomcast.journal;

import dev.roomcast.room.Event;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomState;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps a view up with its log. One question to Redis at a time; who asks meanwhile waits for the next one, which sees what had
 * happened when they asked. Thread-safe, does not block.
 */
final class Follower {

    private static final System.Logger LOG = System.getLogger(Follower.class.getName());

    private final RedisLog log;
    private final RoomView view;
    private final Runnable changed;
    private CompletableFuture<Void> now;
    private CompletableFuture<Void> next;

    /** @param changed told when the view has changed, before the stage completes */
    Follower(RedisLog log, RoomView view, Runnable changed) {
        this.log = log;
        this.view = view;
        this.changed = changed;
    }

    /** Completes when the view has what was in the log when this was called; else exceptionally with {@link dev.roomcast.redis.Unreachable}. */
    CompletableFuture<Void> catchUp() {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (now != null) {
                next = next == null ? new CompletableFuture<>() : next;
                return next;
            }
            mine = now = new CompletableFuture<>();
        }
        ask(mine);
        return mine;
    }

    private void ask(CompletableFuture<Void> done) {
        Known known = view.known();
        new Round(known == null ? 0 : known.epoch(), known == null ? 0 : known.seq(), known == null ? 0 : known.time())
                .run()
                .whenComplete((nothing, failure) -> {
                    CompletableFuture<Void> following;
                    synchronized (this) {
                        following = now = next;
                        next = null;
                    }
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(failure);
                    }
                    if (following != null) {
                        ask(following);
                    }
                });
    }

    /** From one position to the head, page by page. Confined to one question at a time. */
    private final class Round {

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private long epoch;
        private long seq;
        private long time;
        private List<Event> whole;
        private RoomState snapshot;
        private int tries;

        Round(long epoch, long seq, long time) {
            this.epoch = epoch;
            this.seq = seq;
            this.time = time;
        }

        CompletableFuture<Void> run() {
            read(false);
            return done;
        }

        private void read(boolean broken) {
            log.fetch(epoch, seq, time, broken).whenComplete((page, failure) -> {
                try {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    } else if (!take(page)) {
                        again();
                    } else if (seq < page.head()) {
                        read(false); // more of it
                    } else {
                        done.complete(null);
                    }
                } catch (Refused e) {
                    again();
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
        }

        /** The view and the log do not join. From the beginning, and if that does not help, the log makes no sense. */
        private void again() {
            boolean broken = ++tries > 2;
            if (broken) {
                LOG.log(Level.ERROR, "The log of room {0} cannot be read; it begins anew", log.room());
            }
            seq = 0;
            time = 0;
            whole = null;
            if (!broken) {
                epoch = 0;
            }
            read(broken);
        }

        /** @return {@code false} if something is missing */
        private boolean take(RedisLog.Page page) {
            if (page.whole()) {
                epoch = page.epoch();
                snapshot = page.snapshot() == null ? RoomState.empty(epoch) : page.snapshot();
                whole = new ArrayList<>();
                seq = page.events().isEmpty()
                        ? snapshot.position().seq()
                        : page.events().get(0).seq() - 1;
                time = 0;
                if (seq > snapshot.position().seq()) {
                    return false;
                }
            }
            return whole == null ? follow(page) : gather(page);
        }

        private boolean gather(RedisLog.Page page) {
            for (Event event : page.events()) {
                if (event.seq() != seq + 1) {
                    return false;
                }
                whole.add(event);
                seq = event.seq();
                time = event.time();
            }
            if (seq < page.head()) {
                return !page.events().isEmpty(); // else its end is gone
            }
            view.begin(new Known(snapshot, page.version(), Map.of(), 0), whole);
            whole = null;
            view.note(page.head(), page.version(), page.holders());
            changed.run();
            return true;
        }

        private boolean follow(RedisLog.Page page) {
            boolean grown = false;
            for (Event event : page.events()) {
                if (event.seq() != seq + 1 || !view.take(epoch, event)) {
                    return false;
                }
                seq = event.seq();
                time = event.time();
                grown = true;
            }
            if (seq < page.head() && !grown) {
                return false;
            }
            if (seq == page.head()) {
                view.note(page.head(), page.version(), page.holders());
            }
            if (grown) {
                changed.run();
            }
            return true;
        }
    }
}
