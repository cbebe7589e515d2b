package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static dev.roomcast.journal.JournalContract.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A checker: people talk and answers are written on three nodes, while Redis and nodes die and pause at random. Then all readers must have
 * read parts of one log, each acknowledged message is in it once, and each answer has ended once. The seed is printed.
 *
 * <p>{@code roomcast.check.seconds} says for how long, {@code roomcast.check.seed} as which run.
 */
class RedisCheckTest {

    private static final int NODES = 3;
    private static final int SECONDS = Integer.getInteger("roomcast.check.seconds", 15);
    /** Seconds that a log grows at most. */
    private static final int ROUND = 60;

    /** Seconds; more than an append may take through an outage. One on a node that is gone never ends. */
    private static final int PATIENCE = 2;

    private final long seed = Long.getLong("roomcast.check.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);
    private final TestNode[] nodes = new TestNode[NODES];
    /** By command, what came of it. */
    private final ConcurrentMap<String, String> acknowledged = new ConcurrentHashMap<>();

    /** What all readers have seen at a place of the log. */
    private final ConcurrentMap<Position, Content> log = new ConcurrentHashMap<>();

    private final List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile boolean over;

    @Test
    void whatever_dies_there_is_one_log_with_all_that_was_acknowledged() throws Exception {
        System.out.println("roomcast.check.seed=" + seed);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        do {
            round();
        } while (System.nanoTime() - end < 0);
    }

    /** With a new log: whoever comes reads all of it. */
    private void round() throws Exception {
        over = false;
        acknowledged.clear();
        log.clear();
        Arrays.fill(nodes, null);
        ExecutorService people = Executors.newCachedThreadPool();
        try (RedisServer server = RedisServer.start(RedisServer.KEEPS.toArray(String[]::new))) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                int at = i;
                replace(server, at);
                work.add(people.submit(() -> talk(at)));
                work.add(people.submit(() -> answer(at)));
                work.add(people.submit(() -> read(at)));
            }
            harm(server);
            over = true;
            for (Future<?> one : work) {
                one.get(60, TimeUnit.SECONDS);
            }
            check(server);
        } finally {
            over = true;
            people.shutdownNow();
            for (TestNode node : nodes) {
                if (node != null) {
                    node.close();
                }
            }
        }
    }

    private void replace(RedisServer server, int at) throws InterruptedException {
        TestNode before = nodes[at];
        TestNode after = TestNode.hasty(server.url(), WholeLog.ALL);
        after.journal.open(ROOM).toCompletableFuture().join();
        nodes[at] = after;
        if (before != null) {
            before.close();
        }
    }

    private void harm(RedisServer server) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(ROUND, SECONDS));
        while (true) {
            TimeUnit.MILLISECONDS.sleep(250 + random.nextInt(750)); // in between things work
            if (System.nanoTime() > end) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> {
                    server.kill();
                    server.again();
                }
                case 1 -> {
                    server.pause();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500)); // up to one and a half leases
                    server.goOn();
                }
                default -> {
                    nodes[0].await(true);
                    replace(server, random.nextInt(NODES));
                }
            }
        }
    }

    /** Says things, as somebody of whom a thousand other commands do not come in between, each again with the same id, on whichever node, until it is acknowledged. */
    private void talk(int at) {
        Random mine = new Random(seed + at);
        for (int i = 0; !over; i++) {
            String text = at + "." + i;
            Appended done = null;
            for (int tries = 0; done == null && !over; tries++) {
                Content said = new Content.Message("m-" + text + "-" + tries, ANA, text);
                done = append(nodes[mine.nextInt(NODES)], Draft.of(said, "ana" + at, text));
            }
            if (done != null) {
                acknowledged.put(text, done.outcomeId());
            }
        }
    }

    /** Writes answers, and leaves one whenever it is refused. */
    private void answer(int at) {
        for (int i = 0; !over; i++) {
            String id = "a" + at + "." + i;
            TestNode node = nodes[at];
            if (append(node, Draft.of(new Content.AnswerStarted(new Question(id, ANA, "why?", "demo")))) == null) {
                continue;
            }
            int length = 0;
            while (length < 20 && append(node, Draft.of(new Content.AnswerChunk(id, "ana", length, "x"))) != null) {
                length++;
            }
            if (length == 20) {
                append(node, Draft.of(ended(id, "x".repeat(length))));
            }
        }
    }

    /** {@code null} if it was refused, or the node is gone. */
    private static Appended append(TestNode node, Draft draft) {
        try {
            return node.journal.append(ROOM, draft).toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
        } catch (Exception refused) {
            return null;
        }
    }

    /** Reads on, and begins anew when it has to, or when its node is another one. */
    private void read(int at) {
        TestNode node = null;
        Position position = null;
        while (!over || position == null) {
            if (node != nodes[at]) {
                node = nodes[at];
                position = node.state(ROOM).position();
            }
            Slice slice = node.journal.read(ROOM, position, 50);
            position = slice.reset() ? node.state(ROOM).position() : note(position, slice);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private Position note(Position from, Slice slice) {
        long next = from.seq();
        for (Event event : slice.events()) {
            if (event.seq() != ++next) {
                wrong.add("a hole before " + event);
            }
            Content other = log.putIfAbsent(new Position(from.epoch(), event.seq()), event.content());
            if (other != null && !other.equals(event.content())) {
                wrong.add("two at " + event.seq() + ": " + other + " and " + event.content());
            }
        }
        return slice.next();
    }

    private void check(RedisServer server) throws Exception {
        for (TestNode node : nodes) {
            node.await(true);
            node.await(ROOM, state -> state.running().isEmpty());
        }
        WholeLog whole = WholeLog.read(server.url(), ROOM);
        assertEquals(List.of(), wrong);
        assertEquals(List.of(), whole.faults(acknowledged));
        long endings = whole.events().stream()
                .filter(event -> event.content() instanceof Content.AnswerEnded)
                .count();
        assertTrue(acknowledged.size() > 10 && endings > 2, "nothing was tested");
    }
}
