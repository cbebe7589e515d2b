package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.roomcast.member.Buckets;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryCounters;
import dev.roomcast.member.Role;
import dev.roomcast.member.RoomRule;
import dev.roomcast.member.Roster;
import dev.roomcast.redis.RedisCluster;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on a real Redis Cluster: each script finds all of its keys on one of the servers, and everybody hears what is published. */
class OnRedisClusterTest {

    private static final Member ANA = new Member("ana", "Ana", false);
    private static final Member BEN = new Member("ben", "Ben", false);

    private static RedisCluster cluster;
    private static Node one;
    private static Node two;

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
        one = new Node(cluster.url());
        two = new Node(cluster.url());
    }

    @AfterAll
    static void stop() {
        for (Node node : new Node[] {one, two}) {
            if (node != null) {
                node.close();
            }
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void tickets_and_buckets_are_those_of_all_nodes() {
        for (int i = 0; i < 50; i++) {
            String ticket = new RedisTickets(one.asking).issue(ANA);
            assertEquals(Optional.of(ANA), new RedisTickets(two.asking).redeem(ticket));
            assertEquals(Optional.empty(), new RedisTickets(one.asking).redeem(ticket));
            Buckets here = buckets(one);
            Buckets there = buckets(two);
            assertNull(here.take("u" + i, 1));
            assertNotNull(there.take("u" + i, 1));
        }
    }

    @Test
    void presence_and_rules_are_those_of_all_nodes() {
        RedisPresence here = new RedisPresence(one.redis, one.asking, one.mortal(), one.threads);
        Node third = new Node(cluster.url());
        RedisPresence dying = new RedisPresence(third.redis, third.asking, third.mortal(), third.threads);
        Roster[] rosters = new Roster[20];
        for (int i = 0; i < rosters.length; i++) {
            RoomId room = new RoomId("Ä-" + i);
            rosters[i] = here.enter(room, ANA, "s");
            dying.enter(room, BEN, "s");
        }
        Node.await("him in all of them", () -> all(rosters, 2));
        third.close();
        Node.await("him gone from all of them", () -> all(rosters, 1));

        RedisRoomRules rules = new RedisRoomRules(one.redis, one.asking, one.threads);
        RedisRoomRules others = new RedisRoomRules(two.redis, two.asking, two.threads);
        Node.await("the rules", () -> rules.isReady() && others.isReady());
        RoomId board = new RoomId("~board");
        rules.change(board, none -> new RoomRule(board, "Board", null, Map.of("ana", Role.OWNER)));
        Node.await("the rule", () -> others.find(board) != null);
    }

    @Test
    void questions_and_notes_reach_the_other_node() {
        RedisOtherNodes asking = new RedisOtherNodes(one.redis, one.threads);
        new RedisOtherNodes(two.redis, two.threads).answer("double", number -> number + number);
        Node.await(
                "an answer",
                () -> asking.ask("double", "21").toCompletableFuture().join().equals(Optional.of("2121")));
        new RedisNotes(one.redis, one.asking).keep("s1", "note", Duration.ofMinutes(1));
        Node.await(
                "the note",
                () -> new RedisNotes(two.redis, two.asking).find("s1").isPresent());
    }

    private static boolean all(Roster[] rosters, int count) {
        for (Roster roster : rosters) {
            if (roster.view().count() != count) {
                return false;
            }
        }
        return true;
    }

    private static Buckets buckets(Node node) {
        return new RedisCounters(node.redis, node.asking, new MemoryCounters(node.threads))
                .buckets("q", 1, 1, Duration.ofDays(1));
    }
}
