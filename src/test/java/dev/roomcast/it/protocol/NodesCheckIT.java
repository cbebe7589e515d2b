package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.IdentityProvider;
import dev.roomcast.it.RoomcastProcess;
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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The checker: three servers and a Redis as processes of their own, people who talk and ask on all of them, and a {@link Nemesis}. Whatever it
 * does, what everybody saw is the beginning of one log for each room, in which all that was acknowledged is once, and each answer ends once.
 *
 * <p>{@code roomcast.check.seconds} says for how long, {@code roomcast.check.seed} which harm is done, {@code roomcast.check.redis} to {@code one} Redis, from which
 * nodes are cut off as well, or to a Redis {@code cluster}. In {@code verify} it is one, for a minute; {@code -Pslow} has ten minutes of a cluster.
 */
@Tag("runnable")
@ExtendWith(SharedNodes.OnOneRedis.class)
@Order(1)
class NodesCheckIT {

    private static final int ROOMS = 3;
    private static final int PEOPLE = 4;
    /** Seconds; a round is no longer, so that what is wrong is seen soon. */
    private static final int ROUND = 60;

    private static final boolean CLUSTER = "cluster".equals(System.getProperty("roomcast.check.redis"));
    private static final int SECONDS = Integer.getInteger("roomcast.check.seconds", 60);

    private final long seed = Long.getLong("roomcast.check.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<House> houses = new ArrayList<>();
    private SharedNodes nodes;

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        if (CLUSTER && nodes != null) {
            nodes.close();
        }
    }

    @Test
    void whatever_dies_everybody_saw_the_beginning_of_one_log_with_all_that_was_acknowledged(SharedNodes shared)
            throws Exception {
        System.out.println("roomcast.check.seed=" + seed);
        nodes = CLUSTER ? SharedNodes.onACluster() : shared;
        List<RoomcastProcess> running = nodes.running(0, 1, 2);
        for (RoomcastProcess node : running) {
            houses.add(new House(node.address(), IdentityProvider.running(), Duration.ofSeconds(4)));
        }
        Nemesis nemesis = new Nemesis(random, running, nodes.redis(), nodes.cables());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        do {
            round(nemesis);
        } while (System.nanoTime() - end < 0);
        for (RoomcastProcess node : running) {
            // That net is for what nobody knows of: whoever falls into it has found a fault.
            assertFalse(node.warnings().contains("is written by nobody here"), () -> "seed " + seed);
        }
    }

    /** In new rooms, so that few things have to be looked through. */
    private void round(Nemesis nemesis) throws Exception {
        Map<CheckedRoom, List<Wanderer>> rooms = new HashMap<>();
        List<Future<?>> wandering = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            CheckedRoom room = new CheckedRoom();
            List<Wanderer> people = new ArrayList<>();
            for (int j = 0; j < PEOPLE; j++) {
                Map<String, Object> claims = j == 0 ? Map.of("groups", List.of("mods")) : Map.of();
                Person person = houses.get(0).person("p" + i + j + House.unique(), claims, 3_600);
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
        List<String> faults = room.faults(nodes.url());
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
