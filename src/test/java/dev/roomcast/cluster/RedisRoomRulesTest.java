package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.Role;
import dev.roomcast.member.RoomRule;
import dev.roomcast.member.RoomRules;
import dev.roomcast.member.RoomRulesContract;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRoomRulesTest extends RoomRulesContract {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static final Script FLUSH = Script.of("redis.call('FLUSHALL') return {'gone'}");
    private static final RoomId ROOM = new RoomId("~board");

    private static RoomRules one;
    private static RoomRules two;

    @BeforeAll
    static void read() {
        one = rules(CLUSTER.one);
        two = rules(CLUSTER.two);
    }

    @Override
    protected RoomRules here() {
        return one;
    }

    @Override
    protected RoomRules there() {
        return two;
    }

    @Override
    protected void await(String what, BooleanSupplier condition) {
        Node.await(what, condition);
    }

    @Test
    void a_node_that_comes_later_knows_all_of_them() {
        one.change(ROOM, rule -> new RoomRule(ROOM, "Board", null, Map.of("ana", Role.OWNER)));
        try (Node late = new Node(CLUSTER.server)) {
            assertEquals("Board", rules(late).find(ROOM).title());
        }
    }

    @Test
    void as_long_as_nothing_is_known_everybody_is_refused_and_not_taken_for_unmentioned() {
        TestThreads threads = new TestThreads();
        Redis nobody = new Redis(Optional.of("redis://127.0.0.1:1"), threads);
        RoomRules rules = new RedisRoomRules(nobody, new Asking(nobody), threads);
        assertFalse(rules.isReady());
        assertEquals(
                Refused.Code.UNAVAILABLE,
                assertThrows(Refused.class, () -> rules.find(new RoomId("open")))
                        .code());
        nobody.close();
        threads.close();
    }

    @Test
    void without_redis_what_was_known_holds_and_cannot_be_changed() {
        try (RedisServer server = RedisServer.start();
                Node node = new Node(server)) {
            RoomRules rules = rules(node);
            rules.change(ROOM, rule -> new RoomRule(ROOM, null, null, Map.of("ana", Role.OWNER)));
            server.pause(); // it does not even refuse
            assertEquals(
                    Refused.Code.UNAVAILABLE,
                    assertThrows(Refused.class, () -> rules.change(ROOM, rule -> null))
                            .code());
            assertNotNull(rules.find(ROOM));
            server.goOn();
        }
    }

    @Test
    void what_redis_lost_is_lost_and_what_is_said_then_holds_on_all_nodes() {
        try (RedisServer server = RedisServer.start();
                Node first = new Node(server);
                Node second = new Node(server)) {
            RoomRules rules = rules(first);
            RoomRules others = rules(second);
            for (int i = 0; i < 5; i++) {
                RoomId room = new RoomId("~r" + i);
                rules.change(room, rule -> new RoomRule(room, null, null, Map.of("ana", Role.OWNER)));
            }
            Node.await("the rules", () -> others.naming("ana").size() == 5);
            first.asking.ask(FLUSH, List.of()).orElseThrow();
            Node.await("that they are gone", () -> rules.naming("ana").isEmpty());
            rules.change(ROOM, rule -> new RoomRule(ROOM, null, null, Map.of("ben", Role.OWNER)));
            Node.await("the new one", () -> others.find(ROOM) != null);
            Node.await("that the old ones are gone", () -> others.naming("ana").isEmpty());
        }
    }

    private static RoomRules rules(Node node) {
        RoomRules rules = new RedisRoomRules(node.redis, node.asking, node.threads, Duration.ofMillis(200));
        Node.await("the rules", rules::isReady);
        return rules;
    }
}
