package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.Member;
import dev.roomcast.member.Presence;
import dev.roomcast.member.PresenceContract;
import dev.roomcast.member.Roster;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisPresenceTest extends PresenceContract {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static final Script EVERYTHING =
            Script.of("return redis.call('SCAN', 0, 'MATCH', ARGV[1], 'COUNT', 100000)[2]");
    private static final Script CLIENTS =
            Script.of("return {tonumber(string.match(redis.call('INFO', 'clients'), 'connected_clients:(%d+)'))}");
    private static final Script CALLS = Script.of(
            "return {tonumber(string.match(redis.call('INFO', 'commandstats'), 'cmdstat_evalsha:calls=(%d+)'))}");
    private static final Script KILL_LEASE = Script.of(
            "for _, n in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZADD', KEYS[1], 1, n) end return {1}");

    private static final Script SET = Script.of("return {redis.call('SET', KEYS[1], 'no set')}");
    private static final Script DELETE = Script.of("return {redis.call('DEL', KEYS[1])}");

    private static Presence one;
    private static Presence two;

    @BeforeAll
    static void begin() {
        one = presence(CLUSTER.one);
        two = presence(CLUSTER.two);
    }

    @Override
    protected Presence here() {
        return one;
    }

    @Override
    protected Presence there() {
        return two;
    }

    @Override
    protected void await(String what, BooleanSupplier condition) {
        Node.await(what, condition);
    }

    @Test
    void who_was_on_a_node_that_died_is_gone_within_its_lease_and_leaves_nothing_behind() {
        Roster roster = one.enter(room, ANA, "s1");
        Node third = new Node(CLUSTER.server);
        Presence dying = mortal(third);
        mortal(CLUSTER.two);
        dying.enter(room, BEN, "s2");
        dying.enter(room, ANA, "s3");
        await("him", () -> roster.view().count() == 2);
        third.close();
        await("him gone", () -> roster.view().count() == 1);
        assertEquals(Set.of("ana"), ids(roster.view()), "who was on both is still here");
        one.leave(room, ANA, "s1");
        await("nothing left", () -> keys("roomcast:{" + room + "}:here*").isEmpty());
    }

    /** As when its connection is lost for a moment between two beats. */
    @Test
    void so_is_who_came_when_it_could_not_be_told_in_which_room_for_a_moment() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Nodes nodes = new Nodes(first.redis, first.threads);
            Presence dying = presence(first, nodes);
            NodeRooms told = new NodeRooms(second.redis, nodes);
            RoomId before = new RoomId("before");
            dying.enter(before, ANA, "s1");
            await("that it is told", () -> rooms(told, nodes).contains(before));
            List<String> key = List.of(Keys.of("node-rooms", nodes.me()));
            second.asking.ask(SET, key).orElseThrow();
            dying.enter(room, ANA, "s2");
            Roster roster = presence(second).enter(room, BEN, "s3");
            await("her", () -> roster.view().count() == 2);
            second.asking.ask(DELETE, key).orElseThrow();
            await("that it is told again", () -> rooms(told, nodes).contains(room));
            first.close();
            await("her gone", () -> roster.view().count() == 1);
        }
    }

    @Test
    void a_node_that_was_taken_for_dead_tells_again_who_is_there() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Presence sleeper = mortal(first);
            Presence other = mortal(second);
            sleeper.enter(room, ANA, "s1");
            Roster roster = other.enter(room, BEN, "s2");
            await("her", () -> roster.view().count() == 2);
            first.asking.ask(KILL_LEASE, List.of("roomcast:nodes:leases")).orElseThrow();
            // Whether or not somebody saw her gone meanwhile, she is there in the end, and stays.
            other.enter(room, CAROL, "s3");
            await(
                    "all of them",
                    () -> roster.view().count() == 3
                            && keys(first, "roomcast:burial:*").isEmpty());
            assertEquals(3, roster.view().count());
        }
    }

    @Test
    void what_a_node_tells_after_its_burial_under_its_old_name_it_takes_back_itself() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Nodes nodes = first.mortal();
            Presence sleeper = presence(first, nodes);
            sleeper.enter(room, ANA, "s1");
            Roster roster = presence(second).enter(room, BEN, "s2");
            await("her", () -> roster.view().count() == 2);
            // Buried, it wakes up, and says this before it hears that it is dead.
            new NodeRooms(first.redis, nodes).forget(nodes.me());
            SharedRoom.run(first.redis, room, nodes.me(), 0, List.of("+", "carol", "Carol"));
            await("her", () -> roster.view().count() == 3);
            first.asking.ask(KILL_LEASE, List.of("roomcast:nodes:leases")).orElseThrow();
            await("only those who are there", () -> ids(roster.view()).equals(Set.of("ana", "ben")));
        }
    }

    @Test
    void a_redis_that_lost_everything_is_told_again() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Presence near = mortal(first);
            Presence far = mortal(second);
            Roster roster = near.enter(room, ANA, "s1");
            far.enter(room, BEN, "s2");
            await("him", () -> roster.view().count() == 2);
            long version = roster.view().version();
            server.kill();
            await("that it is gone", () -> !first.redis.isUp() && !second.redis.isUp());
            near.enter(room, DORA, "s4");
            assertTrue(ids(roster.view()).containsAll(Set.of("ana", "ben", "dora")), "it says what it knows");
            await("that it tells it to readers", () -> roster.view().version() > version);
            server.again();
            RoomId other = new RoomId("other");
            await(
                    "that all is known again",
                    () -> far.of(room).view().count() == 3 && roster.view().count() == 3);
            far.leave(room, BEN, "s2");
            await("him going", () -> ids(roster.view()).equals(Set.of("ana", "dora")));
            assertEquals(1, near.enter(other, ANA, "s1").view().count());
        }
    }

    @Test
    void a_redis_that_does_not_answer_keeps_nobody_waiting_for_long() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            Presence presence = presence(node);
            server.pause();
            for (int i = 0; i < 4; i++) {
                RoomId next = new RoomId("r" + i);
                assertEquals(1, presence.enter(next, ANA, "s").view().count());
            }
            server.goOn();
        }
    }

    @Test
    void ten_thousand_rooms_cost_few_connections() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Presence near = presence(first);
            Presence far = presence(second);
            IntStream.range(0, 10_000).parallel().forEach(i -> near.enter(new RoomId("r" + i), ANA, "s"));
            Roster last = far.enter(new RoomId("r9999"), BEN, "s");
            await("both", () -> last.view().count() == 2);
            long clients =
                    (Long) second.asking.ask(CLIENTS, List.of()).orElseThrow().get(0);
            assertTrue(clients < 10, clients + " connections of two nodes");
        }
    }

    @Test
    void a_room_of_thousands_is_told_in_few_words() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            Presence near = presence(first);
            Roster far = presence(second).enter(room, BEN, "s");
            for (int i = 0; i < 5_000; i++) {
                near.enter(room, new Member("u" + i, "U", false), "s" + i);
            }
            await("all of them", () -> far.view().count() == 5_001);
            long calls =
                    (Long) second.asking.ask(CALLS, List.of()).orElseThrow().get(0);
            assertTrue(calls < 500, calls + " scripts for 5000 people");
        }
    }

    private static List<RoomId> rooms(NodeRooms told, Nodes node) {
        return told.of(node.me()).toCompletableFuture().join();
    }

    private static List<Object> keys(String pattern) {
        return keys(CLUSTER.one, pattern);
    }

    private static List<Object> keys(Node node, String pattern) {
        return node.asking.ask(EVERYTHING, List.of(), pattern).orElseThrow();
    }

    private static Presence presence(Node node) {
        return presence(node, new Nodes(node.redis, node.threads));
    }

    /** Of a node that soon is known to be dead, and soon knows of others. */
    private static Presence mortal(Node node) {
        return presence(node, node.mortal());
    }

    private static Presence presence(Node node, Nodes nodes) {
        return new RedisPresence(node.redis, node.asking, nodes, node.threads, Duration.ofMillis(500));
    }
}
