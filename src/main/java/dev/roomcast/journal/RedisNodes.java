package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Running;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The nodes that share a Redis. Gives this node's pulse, and looks after the rooms that are open here: what they may have missed, answers
 * that shall stop, and answers whose holder is gone. Thread-safe.
 */
final class RedisNodes implements Nodes {

    private static final List<String> KEY = List.of("roomcast:{nodes}");

    private static final Script PULSE =
            Script.of("redis.call('HINCRBY', KEYS[1], ARGV[1], 1) redis.call('PEXPIRE', KEYS[1], 86400000)"
                    + " for i = 2, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end"
                    + " return redis.call('HGETALL', KEYS[1])");

    /** A room with an answer under way is read so often at least, bell or not. */
    private static final long CHECKED = TimeUnit.SECONDS.toNanos(2);

    /** So often for each lease. */
    private static final int PULSES = 8;

    private final Redis redis;
    private final RedisJournal journal;
    private final Pulses pulses;
    private final Set<String> ending = ConcurrentHashMap.newKeySet();
    private volatile Writer writer;

    RedisNodes(Redis redis, RedisJournal journal) {
        this.redis = redis;
        this.journal = journal;
        this.pulses = new Pulses(journal.lease(), journal.node());
        journal.heedWishes(this::heed);
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
    public CompletionStage<Boolean> stop(RoomId room, String answerId, Wish wish) {
        return journal.wish(room, answerId, LogJson.write(wish)).handle((first, failure) -> {
            if (failure != null) {
                throw new Refused(Refused.Code.UNAVAILABLE, "This answer cannot be stopped from here at the moment.");
            }
            if (first == null) {
                throw new Refused(Refused.Code.NO_SUCH_ANSWER, "This answer is not under way.");
            }
            return first;
        });
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
        Set<String> forget = pulses.longGone(System.nanoTime());
        String[] arguments = new String[forget.size() + 1];
        arguments[0] = journal.node();
        int i = 1;
        for (String gone : forget) {
            arguments[i++] = gone;
        }
        redis.run(PULSE, KEY, arguments)
                .thenAcceptAsync(
                        counts -> {
                            pulses.look(counts(counts), System.nanoTime());
                            journal.openRooms().forEach(this::look);
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

    private void look(RedisRoom room) {
        long now = System.nanoTime();
        Known known = room.view().known();
        if (known == null) {
            room.open();
            return;
        }
        Map<String, Running> running = known.state().running();
        if (room.unasked(now) > (running.isEmpty() ? journal.kept() : CHECKED)) {
            room.catchUp(); // a bell may have been missed, and Redis forgets what nobody touches
        }
        if (writer != null) {
            running.values().forEach(answer -> look(room, known, answer, now));
        }
    }

    private void look(RedisRoom room, Known known, Running answer, long now) {
        String answerId = answer.question().answerId();
        String holder = known.holders().get(answerId);
        if (room.held().contains(answerId)) {
            heed(answerId, known.stops().get(answerId));
        } else if (holder != null
                && (holder.equals(journal.node()) || pulses.isGone(holder, now))
                && ending.add(answerId)) {
            String wish = known.stops().get(answerId);
            writer.lost(new Room(room.log().room(), journal), answer, wish == null ? null : LogJson.wish(wish))
                    .whenComplete((done, failure) -> ending.remove(answerId));
        }
    }

    /** An answer that is written here shall stop. */
    private void heed(String answerId, String wish) {
        if (writer != null && wish != null) {
            writer.stop(answerId, LogJson.wish(wish));
        }
    }
}
