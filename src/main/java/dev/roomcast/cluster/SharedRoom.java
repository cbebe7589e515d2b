package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The talk with Redis about who is in one room: one word at a time, so that what happens meanwhile is told together. Never
 * blocks; {@code this} guards everything but the roster.
 */
final class SharedRoom {

    private static final System.Logger LOG = System.getLogger(SharedRoom.class.getName());
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Script PRESENCE = Script.beside(SharedRoom.class, "presence.lua");

    /** To tell of a node that is not there any more. */
    static final List<String> ALL_WENT = List.of("x", "", "");

    private final RoomId room;
    private final Redis redis;
    private final Nodes nodes;
    private final Threads threads;
    private final Runnable changed;
    private final SharedRoster roster = new SharedRoster();
    private final CompletableFuture<Boolean> known = new CompletableFuture<>();
    private boolean talking;
    private boolean again;
    private long due;
    private long lastTalk = System.nanoTime() - 50 * LOOK;
    private volatile long wanted = System.nanoTime();

    /** @param changed told when the roster has changed */
    SharedRoom(RoomId room, Redis redis, Nodes nodes, Threads threads, Runnable changed) {
        this.room = room;
        this.redis = redis;
        this.nodes = nodes;
        this.threads = threads;
        this.changed = changed;
    }

    SharedRoster roster() {
        return roster;
    }

    /** Completes once it was asked for the first time, whatever came of it. */
    CompletionStage<Boolean> known() {
        return known;
    }

    /** Somebody wants to know about it, although they are not in it. */
    void want() {
        wanted = System.nanoTime();
    }

    /** Whether nobody has anything to do with it any more. */
    synchronized boolean isIdle(long nanos) {
        return !talking && roster.isEmpty() && !roster.hasUntold() && System.nanoTime() - wanted > nanos;
    }

    /** There is something to tell: at once, or together with what happens soon, where many come and go. */
    void tell() {
        if (roster.isLarge()) {
            soon(GATHER);
        } else {
            talk();
        }
    }

    /** Tells what there is to tell, and hears the rest. */
    void talk() {
        synchronized (this) {
            if (talking) {
                again = true;
                return;
            }
            talking = true;
            again = false;
            due = 0;
            lastTalk = System.nanoTime();
        }
        List<String> told = roster.tell();
        run(redis, room, nodes.me(), roster.version(), told).whenComplete((answer, away) -> {
            if (away == null) {
                heard(answer);
            } else {
                roster.untold(told);
                done(false);
                changed.run();
            }
        });
    }

    private void heard(List<Object> answer) {
        boolean news = false;
        try {
            news = roster.take(answer.stream().map(String::valueOf).toList());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Who is in " + room + " cannot be read", e);
        }
        done(true);
        if (news) {
            changed.run();
        }
    }

    private void done(boolean goOn) {
        boolean more;
        synchronized (this) {
            talking = false;
            more = again;
        }
        known.complete(true);
        if (goOn && (more || roster.hasUntold() || roster.isInvented())) {
            tell();
        }
    }

    /** Another node has told something. The larger the room, the less often it is asked what. */
    void look() {
        int many = roster.count();
        soon(many <= SharedRoster.LISTED ? LOOK : many <= 1_000 ? 10 * LOOK : 50 * LOOK);
    }

    /** Talks so long after the last time, if nobody does before. */
    private void soon(long interval) {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            wait = lastTalk + interval - now;
            if (wait > 0) {
                if (due != 0 && due - (now + wait) <= 0) {
                    return;
                }
                due = now + wait | 1;
            }
        }
        if (wait <= 0) {
            talk();
            return;
        }
        try {
            threads.timer().schedule(this::talkIfDue, wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server stops", e);
        }
    }

    private void talkIfDue() {
        synchronized (this) {
            if (due == 0 || due - System.nanoTime() > 0) {
                return; // somebody talked meanwhile, or will
            }
        }
        talk();
    }

    /** @param told op, user and name in turn, as {@code presence.lua} wants them */
    static CompletionStage<List<Object>> run(Redis redis, RoomId room, String node, long version, List<String> told) {
        List<String> keys = List.of(
                Keys.of(room, "here"),
                Keys.of(room, "here:" + node),
                Keys.of(room, "typing"),
                Keys.of(room, "version"));
        List<String> arguments = new ArrayList<>(List.of(
                node,
                room.name(),
                RoomBells.channel(room),
                Integer.toString(SharedRoster.LISTED),
                Long.toString(version)));
        arguments.addAll(told);
        return redis.run(PRESENCE, keys, arguments.toArray(String[]::new));
    }
}
