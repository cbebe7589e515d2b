package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Cable;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.redis.RedisCluster;
import dev.roomcast.redis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The checker: three servers and a Redis as processes of their own, people who talk and ask on all of them, and a {@link Nemesis}. Whatever it
 * does, what everybody saw is the beginning of one log for each room, in which all that was acknowledged is once, and each answer ends once.
 *
 * <p>{@code roomcast.check.seconds} says for how long, {@code roomcast.check.seed} which harm is done, {@code roomcast.check.redis} to {@code one} Redis, from which
 * nodes are cut off as well, or to a Redis {@code cluster}. In {@code verify} it is one, for a minute; {@code -Pslow} has ten minutes of a cluster.
 */
@Tag("runnable")
class NodesCheckIT {

    private static final int NODES = 3;
    private static final int ROOMS = 3;
    private static final int PEOPLE = 4;
    /** Seconds; a round is no longer, so that what is wrong is seen soon. */
    private static final int ROUND = 60;

    private static final int SECONDS = Integer.getInteger("roomcast.check.seconds", 60);

    private final long seed = Long.getLong("roomcast.check.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);
    private final String takeover =
            List.of("interrupt", "ask-again", "continue").get(random.nextInt(3));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Node> nodes = new ArrayList<>();
    private final List<RedisServer> redis = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();
    private final List<House> houses = new ArrayList<>();
    private String url;

    private void start() throws Exception {
        boolean cluster = "cluster".equals(System.getProperty("roomcast.check.redis"));
        String[] keeps = RedisServer.KEEPS.toArray(String[]::new);
        if (cluster) {
            RedisCluster all = new RedisCluster(keeps);
            redis.addAll(all.masters());
            url = all.url();
        } else {
            redis.add(RedisServer.start(keeps));
            url = redis.get(0).url();
        }
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node("checked-" + i, settings(cluster ? url : byCable())).start());
        }
        for (Node node : nodes) {
            node.awaitReady();
            houses.add(new House(node.address(), IdentityProvider.running(), Duration.ofSeconds(4)));
        }
    }

    private String byCable() throws IOException {
        Cable cable = new Cable(redis.get(0).port());
        cables.add(cable);
        return "redis://127.0.0.1:" + cable.port();
    }

    private Map<String, String> settings(String redis) {
        Map<String, String> settings = new HashMap<>(IdentityProvider.environment());
        settings.put("ROOMCAST_ANSWERS_TAKEOVER", takeover);
        settings.put("ROOMCAST_IDENTITY", "oidc");
        settings.put("ROOMCAST_REDIS_URL", redis);
        settings.put("ROOMCAST_DRAIN_ANSWERS", "PT2S");
        settings.put("ROOMCAST_DRAIN_SPREAD", "PT1S");
        for (String limit :
                List.of("MESSAGES_PER_SECOND", "NEW_ROOMS_PER_HOUR", "QUESTIONS_PER_MINUTE", "CONNECTIONS_PER_USER")) {
            settings.put("ROOMCAST_LIMIT_" + limit, "0");
        }
        return settings;
    }

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        nodes.forEach(Node::close);
        redis.forEach(RedisServer::close);
        for (Cable cable : cables) {
            cable.close();
        }
    }

    @Test
    void whatever_dies_everybody_saw_the_beginning_of_one_log_with_all_that_was_acknowledged() throws Exception {
        System.out.println("roomcast.check.seed=" + seed + ", answers that are left: " + takeover);
        start();
        Nemesis nemesis = new Nemesis(random, nodes, redis, cables);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        do {
            round(nemesis);
        } while (System.nanoTime() - end < 0);
    }

    /** In new rooms, so that few things have to be looked through. */
    private void round(Nemesis nemesis) throws Exception {
        Map<CheckedRoom, List<Wanderer>> rooms = new HashMap<>();
        List<Future<?>> wandering = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            CheckedRoom room = new CheckedRoom();
            List<Wanderer> people = new ArrayList<>();
            for (int j = 0; j < PEOPLE; j++) {
                Person person = houses.get(0).person("p" + i + j + House.unique(), Map.of(), 3_600);
                people.add(new Wanderer(room, houses, person, new Random(random.nextLong())));
            }
            rooms.put(room, people);
            people.forEach(who -> wandering.add(threads.submit(who::wander)));
        }
        nemesis.harm(Math.min(ROUND, SECONDS));
        rooms.keySet().forEach(CheckedRoom::end);
        nemesis.rest();
        await(wandering);
        await(rooms.values().stream()
                .<Future<?>>map(people -> threads.submit(() -> agree(people)))
                .toList());
        await(rooms.keySet().stream()
                .<Future<?>>map(room -> threads.submit(() -> check(room, nemesis)))
                .toList());
        int done = rooms.keySet().stream().mapToInt(CheckedRoom::size).sum();
        assertTrue(done > 2 * ROOMS * PEOPLE, "nothing was tested");
    }

    /** Of what everybody did and saw there. */
    private Void check(CheckedRoom room, Nemesis nemesis) throws InterruptedException {
        List<String> faults = room.faults(url);
        System.out.println(room);
        assertEquals(List.of(), faults, () -> "seed " + seed + ", " + room + ", " + nemesis.diary());
        return null;
    }

    /** Everything is there again: all see the same, and nothing is under way any more. */
    private Void agree(List<Wanderer> people) throws Exception {
        List<Future<?>> words = new ArrayList<>();
        people.forEach(who -> words.add(threads.submit(who::sayTheLastWord)));
        await(words);
        List<Future<?>> looks = new ArrayList<>();
        people.forEach(who -> looks.add(threads.submit(() -> who.awaitScreen(shown -> shown.waiting.isEmpty()
                && shown.endings.keySet().containsAll(shown.answers.keySet())
                && shown.messages.values().stream()
                                .filter(text -> text.endsWith("-last"))
                                .count()
                        == people.size()
                && shown.count == people.size()))));
        await(looks);
        people.forEach(Wanderer::end);
        return null;
    }

    private static void await(List<? extends Future<?>> work) throws Exception {
        for (Future<?> one : work) {
            one.get(10, TimeUnit.MINUTES);
        }
    }
}
