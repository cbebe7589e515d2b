package dev.roomcast.cluster;

import dev.roomcast.member.Allowance;
import dev.roomcast.member.Buckets;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Buckets for all nodes together, each behind one of this node's own. What the own one refuses is not asked for, so that a flood
 * costs Redis nothing; what it grants counts once Redis grants it, too. Without Redis the own one decides alone: then everybody
 * may have that much on each node.
 */
final class RedisBuckets implements Buckets {

    /** For which nothing is held. */
    private static final String NOTHING = "";

    private static final Script BUCKET = Script.beside(RedisBuckets.class, "bucket.lua");

    private final Redis redis;
    private final Asking asking;
    private final Buckets here;
    private final String what;
    private final long capacity;
    private final long refill;
    private final Duration per;

    RedisBuckets(Redis redis, Asking asking, Buckets here, String what, long capacity, long refill, Duration per) {
        this.redis = redis;
        this.asking = asking;
        this.here = here;
        this.what = what;
        this.capacity = capacity;
        this.refill = refill;
        this.per = per;
    }

    @Override
    public boolean areLimited() {
        return true;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public Duration take(String name, long many) {
        Duration wait = here.take(name, many);
        if (wait == null) {
            wait = takeElsewhere(name, many, NOTHING);
            if (wait != null) {
                here.putBack(name, many);
            }
        }
        return wait;
    }

    @Override
    public Duration hold(String name, String what, long many) {
        Duration wait = here.hold(name, what, many);
        if (wait == null) {
            wait = takeElsewhere(name, many, what);
            if (wait != null) {
                here.settle(name, what, many, 0);
            }
        }
        return wait;
    }

    private Duration takeElsewhere(String name, long many, String heldFor) {
        if (!Asking.mayWait()) {
            tell("all", name, many, heldFor); // granted here, and counted for all
            return null;
        }
        return ask("take", name, many, heldFor).map(Answer::untilThere).orElse(null);
    }

    @Override
    public void settle(String name, String what, long many, long used) {
        here.settle(name, what, many, used);
        send("settle", name, many, what, used); // also while it seems to be away: what it holds it would hold for long
    }

    @Override
    public void takeAll(String name, long many) {
        here.takeAll(name, many);
        tell("all", name, many, NOTHING);
    }

    @Override
    public void putBack(String name, long many) {
        here.putBack(name, many);
        tell("back", name, many, NOTHING);
    }

    @Override
    public Duration waitFor(String name) {
        Duration wait = here.waitFor(name);
        return wait != null
                ? wait
                : ask("look", name, 1, NOTHING).map(Answer::untilThere).orElse(null);
    }

    @Override
    public Allowance.Left left(String name, String called) {
        Allowance.Left left = here.left(name, called);
        return ask("look", name, 1, NOTHING)
                .map(all -> new Allowance.Left(called, left.limit(), Math.max(0, all.left), left.per()))
                .orElse(left);
    }

    private Optional<Answer> ask(String how, String name, long many, String heldFor) {
        return asking.ask(BUCKET, key(name), arguments(how, many, heldFor, 0))
                .map(answer -> new Answer((Long) answer.get(0), (Long) answer.get(1)));
    }

    /** Not to a Redis that is away: what is refused meanwhile was not taken there, and would fill up the client. */
    private void tell(String how, String name, long many, String heldFor) {
        if (redis.isUp()) {
            send(how, name, many, heldFor, 0);
        }
    }

    /** Whoever tells does not wait, and may be a thread that must not. */
    private void send(String how, String name, long many, String heldFor, long used) {
        if (many > 0) {
            redis.run(BUCKET, key(name), arguments(how, many, heldFor, used));
        }
    }

    private List<String> key(String name) {
        return List.of(Keys.of("bucket:" + what, name));
    }

    private String[] arguments(String how, long many, String heldFor, long used) {
        return new String[] {
            how,
            Long.toString(many),
            Long.toString(capacity),
            Long.toString(refill),
            Long.toString(per.toMillis()),
            heldFor,
            Long.toString(used)
        };
    }

    private record Answer(long millis, long left) {

        Duration untilThere() {
            return millis > 0 ? Duration.ofMillis(millis) : null;
        }
    }
}
