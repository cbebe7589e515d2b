package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.redis.TestRedis;
import dev.roomcast.room.Content;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Rooms in a real Redis in which nothing happens for as long as {@code roomcast.room.idle}. */
class RedisExpiryTest {

    private static final Retention BRIEF = new Retention(100, 1_000_000, 300_000, 1_500);
    private static final Script KEPT =
            Script.of("return redis.call('SCAN', 0, 'MATCH', 'roomcast:{' .. ARGV[1] .. '}:*', 'COUNT', 100000)[2]");
    private static final RoomId READ = new RoomId("read");
    private static final RoomId LEFT = new RoomId("left");

    @Test
    void a_room_where_nobody_is_leaves_redis_and_begins_anew_and_one_that_is_read_stays() throws Exception {
        TestThreads threads = new TestThreads();
        try (RedisServer server = RedisServer.start();
                TestNode reader = new TestNode(server.url(), BRIEF)) {
            Redis redis = TestRedis.at(server.url(), threads);
            TestRedis.awaitUp(redis);
            reader.open(READ);
            Position read;
            Position left;
            try (TestNode brief = new TestNode(server.url(), BRIEF)) {
                read = brief.append(READ, said("kept")).position();
                left = brief.append(LEFT, said("gone")).position(); // later, so it would go later
            }
            assertTrue(kept(redis, LEFT).contains("roomcast:{left}:log"));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (kept(redis, LEFT).stream().anyMatch(RedisExpiryTest::isOfTheLog)) {
                assertTrue(System.nanoTime() - deadline < 0, () -> "still there: " + kept(redis, LEFT));
                LockSupport.parkNanos(20_000_000);
            }
            assertTrue(kept(redis, READ).contains("roomcast:{read}:log"), "nobody may lose what they read");

            try (TestNode late = new TestNode(server.url(), BRIEF)) {
                late.open(READ);
                assertEquals(read, late.state(READ).position());
                assertEquals(List.of("kept"), late.messages(READ));
                late.open(LEFT);
                assertNotEquals(left.epoch(), late.state(LEFT).position().epoch(), "it is another life of it");
                assertEquals(List.of(), late.messages(LEFT));
                assertTrue(late.journal.read(LEFT, left, 10).reset(), "who was there is told anew");
            }
            redis.close();
        } finally {
            threads.close();
        }
    }

    /** Command ids have a time of their own. */
    private static boolean isOfTheLog(Object key) {
        return List.of("meta", "log", "answers", "snapshot").stream()
                .anyMatch(what -> key.toString().endsWith("}:" + what));
    }

    private static List<Object> kept(Redis redis, RoomId room) {
        return redis.run(KEPT, List.of(), room.name()).toCompletableFuture().join();
    }

    private static Content said(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }
}
