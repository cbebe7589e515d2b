package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.redis.TestRedis;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node of a newer version beside ones of this: it says things in a room that these have never heard of. */
class NewerVersionTest {

    private static final Script SAY = Script.of("local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)"
            + " redis.call('XADD', KEYS[2], seq .. '-0', 'e', ARGV[1], 't', '1764000000000')"
            + " redis.call('HSET', KEYS[1], 'version', seq)"
            + " local epoch = redis.call('HGET', KEYS[1], 'epoch')"
            + " redis.call('PUBLISH', ARGV[2], table.concat({epoch, seq, 'newer', ARGV[3]}, ' '))"
            + " return {seq}");

    @Test
    void what_it_says_is_passed_over_and_everything_else_goes_on() throws Exception {
        TestThreads threads = new TestThreads();
        try (RedisServer server = RedisServer.start();
                TestNode one = new TestNode(server.url());
                TestNode two = new TestNode(server.url())) {
            Redis newer = TestRedis.at(server.url(), threads);
            one.open(ROOM);
            two.open(ROOM);
            Position before = one.append(ROOM, said("before")).position();
            say(newer, "{\"content\":{\"is\":\"poll\",\"choices\":[\"tea\",\"coffee\"]},\"re\":\"c1\"}");
            say(
                    newer,
                    "{\"content\":{\"is\":\"message\",\"messageId\":\"m-n\",\"mood\":\"good\",\"author\":"
                            + "{\"userId\":\"ben\",\"name\":\"Ben\"},\"text\":\"new\"}}");
            one.await(ROOM, state -> one.messages(ROOM).contains("new"));

            Position after = one.append(ROOM, said("after")).position();
            two.await(ROOM, state -> state.position().equals(after));
            assertEquals(List.of("before", "new", "after"), two.messages(ROOM));
            assertEquals(before.seq() + 3, after.seq(), "it has its place in the log");

            Slice missed = two.journal.read(ROOM, before, 10).merged();
            assertFalse(missed.reset());
            assertEquals(after, missed.next());
            assertEquals(
                    List.of("new", "after"),
                    missed.events().stream().map(NewerVersionTest::text).toList());
            try (TestNode late = new TestNode(server.url())) {
                late.open(ROOM);
                assertEquals(two.messages(ROOM), late.messages(ROOM));
            }
            newer.close();
        } finally {
            threads.close();
        }
    }

    /** Such as a kind of answer that begins in a way of its own. */
    @Test
    void what_goes_on_with_that_is_passed_over_too_and_the_log_stays_as_it_is() throws Exception {
        TestThreads threads = new TestThreads();
        try (RedisServer server = RedisServer.start();
                TestNode one = new TestNode(server.url());
                TestNode two = new TestNode(server.url())) {
            Redis newer = TestRedis.at(server.url(), threads);
            two.open(ROOM);
            Position before = one.append(ROOM, said("before")).position();
            say(newer, "{\"content\":{\"is\":\"debate\",\"answerId\":\"a-n\"}}");
            for (int i = 0; i < 3; i++) {
                say(
                        newer,
                        "{\"content\":{\"is\":\"chunk\",\"answerId\":\"a-n\",\"userId\":\"ben\",\"at\":" + i
                                + ",\"text\":\"x\"}}");
            }
            one.await(ROOM, state -> state.position().seq() == before.seq() + 4);
            Position after = one.append(ROOM, said("after")).position();
            TestNode late = new TestNode(server.url());
            try (late) {
                late.open(ROOM);
                for (TestNode node : List.of(one, two, late)) {
                    node.await(ROOM, state -> state.position().equals(after));
                    assertEquals(List.of("before", "after"), node.messages(ROOM));
                }
                assertEquals(before.epoch(), after.epoch());
                assertEquals(before.seq() + 5, after.seq());
            }
            newer.close();
        } finally {
            threads.close();
        }
    }

    /** Or else it would be cut off the log, and be nowhere. */
    @Test
    void what_it_says_is_not_lost_to_others_by_a_snapshot_of_those_who_do_not_understand_it() throws Exception {
        TestThreads threads = new TestThreads();
        try (RedisServer server = RedisServer.start();
                TestNode one = new TestNode(server.url())) {
            Redis newer = TestRedis.at(server.url(), threads);
            Position before = one.append(ROOM, said("before")).position();
            say(newer, "{\"content\":{\"is\":\"poll\"}}");
            one.await(ROOM, state -> state.position().seq() == before.seq() + 1);
            for (int i = 0; i < 510; i++) { // one is due each 500
                one.append(ROOM, said("after" + i));
            }
            assertEquals("0", stored(newer));
            newer.close();
        } finally {
            threads.close();
        }
    }

    private static String stored(Redis redis) {
        Script read = Script.of("return {redis.call('HGET', KEYS[1], 'snapshot') or '0'}");
        return (String) redis.run(read, List.of("roomcast:{" + ROOM.name() + "}:meta"))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private static String text(Event event) {
        return ((Content.Message) event.content()).text();
    }

    private static void say(Redis redis, String event) throws InterruptedException {
        List<String> keys = List.of("roomcast:{" + ROOM.name() + "}:meta", "roomcast:{" + ROOM.name() + "}:log");
        while (!redis.isUp()) {
            Thread.onSpinWait();
        }
        redis.run(SAY, keys, event, Doorbells.channel(ROOM), ROOM.name())
                .toCompletableFuture()
                .join();
    }

    private static Content said(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }
}
