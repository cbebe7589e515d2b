package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Role;
import dev.roomcast.member.RoomRule;
import dev.roomcast.member.RoomRules;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.RoomId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Rules of rooms for all nodes. Each node has all of them in memory, so that nobody ever waits for one, and reads what was
 * changed when it hears of it, and every second. While Redis is away the rules are those that were known last, and nobody can change
 * them; if it lost them, they are lost, and private rooms are nobody's.
 */
final class RedisRoomRules implements RoomRules {

    private static final System.Logger LOG = System.getLogger(RedisRoomRules.class.getName());
    private static final Script READ = Script.beside(RedisRoomRules.class, "rules-read.lua");
    private static final Script CHANGE = Script.beside(RedisRoomRules.class, "rules-change.lua");
    private static final String CHANNEL = Keys.of("channel", "rules");
    private static final String TAG = "/rules"; // no room is called so
    private static final List<String> KEYS =
            List.of(Keys.together("all", TAG), Keys.together("changed", TAG), Keys.together("life", TAG));
    private static final int REMEMBERED = 10_000;
    private static final Duration READING = Duration.ofSeconds(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Redis redis;
    private final Asking asking;
    private final KnownRules known = new KnownRules();
    private final AtomicInteger rings = new AtomicInteger();

    RedisRoomRules(Redis redis, Asking asking, Threads threads) {
        this(redis, asking, threads, READING);
    }

    /** @param reading so often they are read, heard of or not */
    RedisRoomRules(Redis redis, Asking asking, Threads threads, Duration reading) {
        this.redis = redis;
        this.asking = asking;
        // What was read before it went away may have been lost by it: then numbers mean something else.
        redis.watch(up -> {
            if (up) {
                known.doubt();
                read();
            }
        });
        redis.listen(CHANNEL, changed -> read());
        threads.timer()
                .scheduleWithFixedDelay(this::read, reading.toMillis(), reading.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public RoomRule find(RoomId room) {
        if (!known.isComplete()) {
            throw unavailable("What was said about rooms is not known yet.");
        }
        return known.find(room);
    }

    @Override
    public void change(RoomId room, UnaryOperator<RoomRule> change) {
        String there = RuleText.of(find(room));
        long begun = System.nanoTime();
        do {
            String wanted = RuleText.of(change.apply(RuleText.read(room, there)));
            List<Object> result = asking.ask(
                            CHANGE,
                            KEYS,
                            room.name(),
                            there,
                            wanted,
                            Ids.next('l'),
                            CHANNEL,
                            Integer.toString(REMEMBERED))
                    .orElseThrow(() -> unavailable("Rules of rooms cannot be changed now."));
            there = (String) result.get(1);
            if (result.get(0).equals("done")) {
                known.put(room, RuleText.read(room, there), (String) result.get(2), Long.parseLong((String)
                        result.get(3)));
                return;
            }
            // Somebody was faster, and may be so again and again, if nobody lets others go first.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
        } while (System.nanoTime() - begun < PATIENCE);
        throw unavailable("Too many people change this room at once.");
    }

    @Override
    public List<RoomRule> naming(String userId) {
        return known.all()
                .filter(rule -> rule.people().getOrDefault(userId, Role.NONE) != Role.NONE)
                .sorted(Comparator.comparing(rule -> rule.room().name()))
                .toList();
    }

    @Override
    public boolean isReady() {
        return known.isComplete();
    }

    /** One reading at a time; what rings meanwhile is served by the next one. */
    private void read() {
        if (redis.isUp() && rings.getAndIncrement() == 0) {
            readOn();
        }
    }

    private void readOn() {
        int seen = rings.get();
        KnownRules.Place place = known.place();
        redis.run(READ, KEYS, place.life(), Long.toString(place.change()), Ids.next('l'))
                .whenComplete((result, away) -> {
                    if (away == null) {
                        take(result);
                    }
                    if (away != null) {
                        rings.set(0); // The next second tries again.
                    } else if (rings.addAndGet(-seen) != 0) {
                        readOn();
                    }
                });
    }

    private void take(List<Object> result) {
        try {
            known.take(result.stream().map(String::valueOf).toList());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The rules of rooms cannot be read", e);
        }
    }

    private static Refused unavailable(String message) {
        return new Refused(Code.UNAVAILABLE, message, SOON);
    }
}
