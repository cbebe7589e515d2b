package dev.roomcast.cluster;

import dev.roomcast.member.Notes;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Notes in Redis. Without it there are none. */
final class RedisNotes implements Notes {

    private static final Script KEEP = Script.of("redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return {'kept'}");
    private static final Script FIND = Script.of("return {redis.call('GET', KEYS[1]) or ''}");

    private final Redis redis;
    private final Asking asking;

    RedisNotes(Redis redis, Asking asking) {
        this.redis = redis;
        this.asking = asking;
    }

    @Override
    public void keep(String name, String text, Duration time) {
        redis.run(KEEP, key(name), text, Long.toString(time.toMillis()));
    }

    @Override
    public Optional<String> find(String name) {
        return asking.ask(FIND, key(name)).map(found -> (String) found.get(0)).filter(text -> !text.isEmpty());
    }

    private static List<String> key(String name) {
        return List.of(Keys.of("note", name));
    }
}
