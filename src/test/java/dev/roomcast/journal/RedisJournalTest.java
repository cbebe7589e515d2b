package dev.roomcast.journal;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.redis.TestRedis;
import dev.roomcast.room.Journal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real Redis, in which it may do what the docs say that it needs, and no more. */
class RedisJournalTest extends JournalContract {

    private static final Script FORGET = Script.of("for _, key in ipairs(redis.call('SCAN', 0, 'COUNT', 100000)[2])"
            + " do redis.call('DEL', key) end return {}");

    private static RedisServer server;
    private static Threads threads;
    private static Redis redis;

    @BeforeAll
    static void connect() throws Exception {
        server = RedisServer.start(RedisServer.user().toArray(String[]::new));
        threads = new TestThreads();
        redis = TestRedis.at(server.url(), threads);
        TestRedis.awaitUp(redis);
    }

    @AfterAll
    static void disconnect() {
        if (server != null) {
            redis.close();
            threads.close();
            server.close();
        }
    }

    @AfterEach
    void forget() {
        redis.run(FORGET, List.of("roomcast:any")).toCompletableFuture().join();
    }

    @Override
    Journal create() {
        return new RedisJournal(
                redis, threads, new Retention(10_000, 1_000_000, 300_000, 3_600_000), 1_000, Duration.ofSeconds(4));
    }
}
