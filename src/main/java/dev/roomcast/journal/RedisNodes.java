package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Running;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The nodes that share a Redis. Gives this node's pulse, and looks after the rooms that are open here: what they may have missed, and answers
 * whose holder is gone. Thread-safe.
 */
final class RedisNodes implements Nodes {

    /** The count of each node; in Redis Cluster, what goes with it is in the same place. */
    static final String PULSES_KEY = "roomcast:{nodes}";

    private static final System.Logger LOG = System.getLogger(RedisNodes.class.getName());

    private static final List<String> KEY = List.of(PULSES_KEY);

    private static final Script PULSE =
            Script.of("redis.call('HINCRBY', KEYS[1], ARGV[1], 1) redis.call('PEXPIRE', KEYS[1], 86400000)"
                    + " for i = 2, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end"
                    + " return redis.call('HGETALL', KEYS[1])");

    /** A room with an answer under way is read so often at least, bell or not. */
    private static final long CHECKED = TimeUnit.SECONDS.toNanos(2);

    /** So often for each lease. The last one is heard of up to one of them late, and so is that the lease is over. */
    static final int PULSES = 10;

    private final Redis redis;
    private final RedisJournal journal;
    private final Pulses pulses;
    private final Legacy legacy;
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    /** Nodes that are gone, and left nothing. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    private int count; // of pulses; confined to the timer

    /** When this node was last heard of by the others, as far as it knows. */
    private volatile long counted = System.nanoTime();

    private volatile Writer writer;

    RedisNodes(Redis redis, RedisJournal journal) {
        this.redis = redis;
        this.journal = journal;
        this.legacy = journal.legacy();
        this.pulses = new Pulses(journal.lease(), journal.node());
    }

    /** Begins to look after the rooms. */
    void start() {
        long pause = journal.lease().toMillis() / PULSES;
        journal.timer().scheduleWithFixedDelay(this::pulse, 0, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void attend(Writer who) {
        writer = who;
    }

    @Override
    public boolean isWell() {
        return redis.isUp();
    }

    @Override
    public void watch(Consumer<Boolean> watcher) {
        redis.watch(up -> journal.work().execute(() -> watcher.accept(up)));
    }

    private void pulse() {
        legacy.strike(journal::isIdle);
        if (++count % PULSES == 0) {
            legacy.noteAll();
        }
        Set<String> forget = pulses.longGone(System.nanoTime());
        forget.retainAll(settled);
        settled.removeAll(forget);
        String[] arguments = new String[forget.size() + 1];
        arguments[0] = journal.node();
        int i = 1;
        for (String gone : forget) {
            arguments[i++] = gone;
        }
        long asked = System.nanoTime();
        if (writer != null && asked - counted > journal.lease().toNanos()) {
            writer.cutOff();
        }
        redis.run(PULSE, KEY, arguments)
                .thenAcceptAsync(
                        counts -> {
                            counted = asked;
                            pulses.look(counts(counts), asked, System.nanoTime());
                            journal.rooms().mayReadMore();
                            journal.rooms().all().forEach(room -> look(room, asked));
                            pulses.gone(asked).forEach(this::settle);
                        },
                        journal.work());
    }

    private static Map<String, Long> counts(List<Object> flat) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            counts.put((String) flat.get(i), Long.parseLong((String) flat.get(i + 1)));
        }
        return counts;
    }

    /** Looks after the rooms that a node left. All who live do so: whatever they do there, one of them is first. */
    private void settle(String gone) {
        legacy.of(gone)
                .thenAcceptAsync(
                        rooms -> {
                            if (rooms.isEmpty()) {
                                settled.add(gone);
                            }
                            rooms.forEach(room -> trySettle(gone, new RoomId(room)));
                        },
                        journal.work());
    }

    private void trySettle(String gone, RoomId room) {
        try {
            settle(gone, room);
        } catch (RuntimeException e) {
            // Such as one more than this node can hold. Its turn comes with a later pulse, and the others are looked
            // after all the same.
            LOG.log(Level.DEBUG, "Room " + room + " cannot be looked after yet", e);
        }
    }

    private void settle(String gone, RoomId room) {
        // From now on it is open here, so that its answers are ended as in any other.
        journal.refresh(room)
                .thenAcceptAsync(
                        known -> {
                            lookAfterWaiting(room, known);
                            boolean left = known.state().running().keySet().stream()
                                    .anyMatch(answer ->
                                            gone.equals(known.holders().get(answer)));
                            if (writer != null && !left) {
                                legacy.strike(gone, List.of(room.name()));
                            }
                        },
                        journal.work());
    }

    /** Also where nobody died: this node may have appended one itself, and not have heard that it did. */
    private void lookAfterWaiting(RoomId room, Known known) {
        if (writer != null && !known.state().waiting().isEmpty()) {
            legacy.note(room);
            writer.waits(new Room(room, journal));
        }
    }

    private void look(RedisRoom room, long asked) {
        try {
            lookAfter(room, asked);
        } catch (RuntimeException e) {
            // Such as one that was given up just now. The others are looked after all the same.
            LOG.log(Level.DEBUG, "Room " + room.log().room() + " could not be looked after", e);
        }
    }

    private void lookAfter(RedisRoom room, long asked) {
        long now = System.nanoTime();
        Known known = room.view().known();
        if (known == null) {
            room.open();
            return;
        }
        Map<String, Running> running = known.state().running();
        if ((room.isBehind() || room.unasked(now) > (running.isEmpty() ? journal.kept() : CHECKED))
                && journal.rooms().mayRead()) {
            room.catchUp(); // a bell may have been missed, and Redis forgets what nobody touches
        }
        room.letGoEnded();
        lookAfterWaiting(room.log().room(), known);
        if (writer != null) {
            running.values().forEach(answer -> look(room, known, answer, asked));
        }
    }

    private void look(RedisRoom room, Known known, Running answer, long asked) {
        String answerId = answer.question().answerId();
        String holder = known.holders().get(answerId);
        boolean held = room.holds(answerId);
        if (holder == null || (held && writer.writes(answerId))) {
            return;
        }
        // One of this node's own that it does not write any more, because it could not, is as good as left.
        if ((holder.equals(journal.node()) || pulses.isGone(holder, asked)) && ending.add(answerId)) {
            if (held) {
                // There is no way known by which it comes to this; without a look it would never end.
                LOG.log(
                        Level.WARNING,
                        "Answer {0} in {1} is written by nobody here",
                        answerId,
                        room.log().room());
            }
            try {
                Room here = new Room(room.log().room(), journal);
                (room.isUnheardOf(answer) ? writer.unheardOf(here, answerId) : writer.lost(here, answerId))
                        .whenComplete((done, failure) -> ending.remove(answerId));
            } catch (RuntimeException e) {
                ending.remove(answerId);
                throw e;
            }
        }
    }
}
