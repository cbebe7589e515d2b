package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.Member;
import dev.roomcast.member.Roster;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in the very moment that a node which was taken for dead begins another life. */
class NewLifeTest {

    private static final Script KILL_LEASE = Script.of(
            "for _, n in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZADD', KEYS[1], 1, n) end return {1}");
    private static final Member ANA = new Member("ana", "Ana", false);
    private static final Member BEN = new Member("ben", "Ben", false);

    private final RoomId room = new RoomId("room");
    private RedisServer server;
    private Node node;
    private Nodes nodes;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        node = new Node(server);
        nodes = new Nodes(node.redis, node.threads); // it lives for long enough unless it is killed
        Node.await("its first beat", () -> !nodes.alive().isEmpty());
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void what_it_told_under_its_old_name_is_taken_back_also_if_redis_is_away_just_then() {
        String before = nodes.me();
        AtomicBoolean away = new AtomicBoolean();
        Redis failing = new Hooked(node.redis) {
            @Override
            public CompletionStage<List<Object>> run(Script script, List<String> keys, String... arguments) {
                boolean takesBack = List.of(arguments).containsAll(List.of("x", before));
                return takesBack && away.compareAndSet(false, true)
                        ? CompletableFuture.failedStage(new IllegalStateException("away"))
                        : super.run(script, keys, arguments);
            }
        };
        RedisPresence presence = presence(failing);
        Roster roster = presence.enter(room, ANA, "s1");
        // Said after its burial, and before it hears that it is dead.
        new NodeRooms(node.redis, nodes).forget(before);
        SharedRoom.run(node.redis, room, before, 0, List.of("+", "carol", "Carol"))
                .toCompletableFuture()
                .join();
        presence.enter(room, BEN, "s2"); // a node does not look for what rings in its own name
        Node.await("all of them", () -> roster.view().count() == 3);
        kill();
        Node.await("that Redis was away", away::get);
        Node.await("only who is there", () -> roster.view().count() == 2);
        assertEquals(Set.of(ANA, BEN), Set.copyOf(roster.view().members()));
    }

    @Test
    void where_somebody_comes_just_then_is_known_under_its_new_name() {
        String before = nodes.me();
        CountDownLatch born = new CountDownLatch(1);
        AtomicBoolean dead = new AtomicBoolean();
        Redis slow = new Hooked(node.redis) {
            @Override
            public CompletionStage<List<Object>> run(Script script, List<String> keys, String... arguments) {
                CompletionStage<List<Object>> answer = super.run(script, keys, arguments);
                if (keys.equals(List.of(Keys.of("node-rooms", before))) && dead.compareAndSet(false, true)) {
                    kill();
                    await(born);
                }
                return answer;
            }
        };
        RedisPresence presence = presence(slow);
        nodes.onNewLife(old -> born.countDown()); // after the presence was told
        presence.enter(room, BEN, "s1");
        NodeRooms told = new NodeRooms(node.redis, nodes);
        Node.await(
                "that it is told",
                () -> told.of(nodes.me()).toCompletableFuture().join().contains(room));
    }

    /** Else readers on other nodes would see them leave and come back. */
    @Test
    void however_many_rooms_there_are_nobody_is_taken_back_before_they_are_known_under_its_new_name() {
        String before = nodes.me();
        Set<String> told = ConcurrentHashMap.newKeySet();
        Set<String> tooEarly = ConcurrentHashMap.newKeySet();
        Set<String> takenBack = ConcurrentHashMap.newKeySet();
        Redis watched = new Hooked(node.redis) {
            @Override
            public CompletionStage<List<Object>> run(Script script, List<String> keys, String... arguments) {
                List<String> said = List.of(arguments);
                if (said.containsAll(List.of("x", before))) {
                    takenBack.add(said.get(1));
                    if (!told.contains(said.get(1))) {
                        tooEarly.add(said.get(1));
                    }
                } else if (said.contains("+") && !said.contains(before)) {
                    told.add(said.get(1));
                }
                return super.run(script, keys, arguments);
            }
        };
        RedisPresence presence = presence(watched);
        int rooms = 1_200;
        for (int i = 0; i < rooms; i++) {
            presence.enter(new RoomId("room" + i), ANA, "s1");
        }
        kill();
        Node.await("all to be taken back", () -> takenBack.size() == rooms);
        assertEquals(Set.of(), tooEarly);
    }

    private RedisPresence presence(Redis redis) {
        return new RedisPresence(redis, node.asking, nodes, node.threads, Duration.ofMillis(500));
    }

    private void kill() {
        node.asking.ask(KILL_LEASE, List.of("roomcast:nodes:leases")).orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In which a test can do something in between. */
    private static class Hooked extends Redis {

        private final Redis redis;

        Hooked(Redis redis) {
            this.redis = redis;
        }

        @Override
        public CompletionStage<List<Object>> run(Script script, List<String> keys, String... arguments) {
            return redis.run(script, keys, arguments);
        }

        @Override
        public boolean isUp() {
            return redis.isUp();
        }

        @Override
        public void watch(Consumer<Boolean> watcher) {
            redis.watch(watcher);
        }

        @Override
        public AutoCloseable listen(String channel, Consumer<String> heard) {
            return redis.listen(channel, heard);
        }
    }
}
