package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.redis.TestRedis;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** One node as far as its journal goes: with its own connection, threads and lease, and a writer that ends what others left. */
final class TestNode implements Nodes.Writer, AutoCloseable {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration SHORT_LEASE = Duration.ofMillis(700);
    private static final Retention RETENTION = new Retention(10_000, 1_000_000, 300_000, 3_600_000);
    private static final int MAX_ROOMS = 11_000;

    private static final Script FORGET = Script.of("return {redis.call('DEL', unpack(KEYS))}");

    private final Threads threads = new TestThreads();
    private final Redis redis;
    private final RedisNodes nodes;
    final RedisJournal journal;

    /** Told that it has been cut off for as long as a lease. */
    final CountDownLatch cutOff = new CountDownLatch(1);

    /** Rooms in which it was told that questions wait. */
    final BlockingQueue<RoomId> waiting = new LinkedBlockingQueue<>();

    /** Answers that it began and does not write. */
    final Set<String> dropped = ConcurrentHashMap.newKeySet();

    /** Answers that it refused and that had begun. */
    final BlockingQueue<String> unheardOf = new LinkedBlockingQueue<>();

    private TestNode(BiFunction<String, Threads, Redis> connection, String url, Retention retention, Duration lease)
            throws InterruptedException {
        this(connection, url, retention, lease, MAX_ROOMS);
    }

    private TestNode(
            BiFunction<String, Threads, Redis> connection,
            String url,
            Retention retention,
            Duration lease,
            int maxRooms)
            throws InterruptedException {
        redis = connection.apply(url, threads);
        journal = new RedisJournal(redis, threads, retention, maxRooms, lease);
        nodes = new RedisNodes(redis, journal);
        nodes.attend(this);
        nodes.start();
        await(true);
    }

    TestNode(String url, Retention retention) throws InterruptedException {
        this(TestRedis::at, url, retention, LEASE);
    }

    TestNode(String url) throws InterruptedException {
        this(url, RETENTION);
    }

    /** With a short lease, and soon without patience for a Redis that does not answer: for tests that wait for either. */
    static TestNode hasty(String url, Retention retention) throws InterruptedException {
        return new TestNode(TestRedis::hasty, url, retention, SHORT_LEASE);
    }

    static TestNode hasty(String url) throws InterruptedException {
        return hasty(url, RETENTION);
    }

    /** One that can hold so many rooms. Otherwise as {@link #hasty}. */
    static TestNode small(String url, int rooms) throws InterruptedException {
        return new TestNode(TestRedis::hasty, url, RETENTION, SHORT_LEASE, rooms);
    }

    /** Without patience for a Redis that does not answer, but with a lease in which an append is tried again. */
    static TestNode insistent(String url) throws InterruptedException {
        return new TestNode(TestRedis::hasty, url, RETENTION, LEASE);
    }

    /** Until Redis is seen as up, or as down. */
    void await(boolean up) throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        redis.watch(now -> {
            if (now == up) {
                turned.countDown();
            }
        });
        assertTrue(redis.isUp() == up || turned.await(20, TimeUnit.SECONDS));
    }

    /** Nobody has ever said anything in the rooms of the tests. */
    void forget() {
        for (RoomId room : List.of(JournalContract.ROOM, JournalContract.ELSEWHERE)) {
            redis.run(
                            FORGET,
                            List.of(
                                    key(room, "meta"),
                                    key(room, "log"),
                                    key(room, "answers"),
                                    key(room, "snapshot"),
                                    key(room, "commands:ana"),
                                    key(room, "order:ana")))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static String key(RoomId room, String what) {
        return "roomcast:{" + room.name() + "}:" + what;
    }

    void open(RoomId room) {
        journal.open(room).toCompletableFuture().join();
    }

    Appended append(RoomId room, Content content) {
        return journal.append(room, Draft.of(content)).toCompletableFuture().join();
    }

    /** As if what this node sent had come to Redis only now; if it has come before, it has. */
    void arrives(RoomId room, Draft draft) {
        RedisRoom here = journal.rooms().find(room);
        here.catchUp().join();
        Known known = here.view().known();
        Decision decision = Decision.of(known, draft, journal.node(), false);
        here.log()
                .append(known, decision, draft, "mark", true, 0)
                .toCompletableFuture()
                .join();
    }

    /** As if this node had read no further than this. */
    RedisLog.Reply appendAsOf(RoomState read, RoomId room, Content content) {
        Known known = new Known(read, 0, Map.of(), 0);
        Draft draft = Draft.of(content);
        Decision decision = Decision.of(known, draft, "late", false);
        int digest = decision.content() instanceof Content.AnswerEnded end
                ? end.outcome().digest()
                : 0;
        return new RedisLog(redis, room, "late", RETENTION)
                .append(known, decision, draft, "mark", false, digest)
                .toCompletableFuture()
                .join();
    }

    /** As if another Redis had taken over, which had not got the last event of the room. */
    void loseTheLast(RoomId room) {
        Script lose =
                Script.of("local seq = redis.call('HGET', KEYS[1], 'seq') local before = string.format('%.0f', seq - 1)"
                        + " redis.call('XDEL', KEYS[2], seq .. '-0') redis.call('XSETID', KEYS[2], before .. '-0')"
                        + " redis.call('HSET', KEYS[1], 'seq', before) return {before}");
        redis.run(lose, List.of(key(room, "meta"), key(room, "log")))
                .toCompletableFuture()
                .join();
    }

    /** As if a version had written it that told none. */
    void forgetDigest(RoomId room, String answerId) {
        Script forget = Script.of("return {redis.call('HDEL', KEYS[1], ARGV[1])}");
        List<Object> gone = redis.run(forget, List.of(key(room, "meta")), "digest:" + answerId)
                .toCompletableFuture()
                .join();
        assertEquals(1L, gone.get(0));
    }

    /** How many events of the room Redis has. */
    long kept(RoomId room) {
        Script count = Script.of("return {redis.call('XLEN', KEYS[1])}");
        return (Long) redis.run(count, List.of(key(room, "log")))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    RoomState state(RoomId room) {
        return journal.state(room);
    }

    List<String> messages(RoomId room) {
        return state(room).history().stream()
                .filter(Settled.Said.class::isInstance)
                .map(said -> ((Settled.Said) said).message().text())
                .toList();
    }

    /** Waits for the room to be like this, by the bell. */
    void await(RoomId room, Predicate<RoomState> wanted) throws InterruptedException {
        BlockingQueue<Boolean> rings = new LinkedBlockingQueue<>();
        try (var watch = journal.watch(room, () -> rings.add(true))) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!wanted.test(state(room))) {
                assertTrue(System.nanoTime() < deadline, () -> "it did not happen: " + state(room));
                rings.poll(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public CompletionStage<?> lost(Room room, String answerId) {
        Outcome outcome = Outcome.neverBegun(Outcome.Status.INTERRUPTED, null).ofTheLog();
        String userId = room.state().running().get(answerId).question().asker().userId();
        return room.append(Draft.of(new Content.AnswerEnded(answerId, userId, outcome)));
    }

    @Override
    public CompletionStage<?> unheardOf(Room room, String answerId) {
        unheardOf.add(answerId);
        return lost(room, answerId);
    }

    @Override
    public boolean writes(String answerId) {
        return !dropped.contains(answerId);
    }

    @Override
    public void cutOff() {
        cutOff.countDown();
    }

    @Override
    public void waits(Room room) {
        waiting.add(room.id());
    }

    /** Gone without a word. */
    @Override
    public void close() {
        threads.close();
        redis.close();
    }
}
