package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Holds wherever what is limited is counted. */
public abstract class CountersContract {

    private static final Duration DAY = Duration.ofDays(1);

    private final String kind = UUID.randomUUID().toString();

    protected abstract Counters here();

    /** Another node, if there are several. */
    protected abstract Counters there();

    @Test
    void what_is_taken_on_one_node_is_gone_on_the_other() {
        Buckets one = here().buckets(kind, 3, 3, DAY);
        Buckets two = there().buckets(kind, 3, 3, DAY);
        assertNull(one.take("ana", 1));
        assertNull(two.take("ana", 1));
        assertNull(one.take("ana", 1));
        Duration wait = two.take("ana", 1);
        assertNotNull(wait);
        assertTrue(
                wait.compareTo(Duration.ofHours(7)) > 0
                        && wait.compareTo(Duration.ofHours(8).plusMillis(1)) <= 0,
                wait::toString);
        assertNull(two.take("ben", 1));
    }

    @Test
    void a_refusal_costs_nothing() {
        Buckets one = here().buckets(kind, 1, 1, Duration.ofMillis(50));
        Buckets two = there().buckets(kind, 1, 1, Duration.ofMillis(50));
        assertNull(one.take("ana", 1));
        // Who is refused again and again has it as soon as it is there, and not later for each refusal.
        int granted = 0;
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (granted < 3 && System.nanoTime() - until < 0) {
            granted += two.take("ana", 1) == null ? 1 : 0;
        }
        assertEquals(3, granted);
    }

    @Test
    void who_takes_many_gets_all_of_them_or_none() {
        Buckets one = here().buckets(kind, 100, 100, DAY);
        Buckets two = there().buckets(kind, 100, 100, DAY);
        assertNull(one.take("ana", 60));
        assertNotNull(two.take("ana", 60));
        assertNull(two.take("ana", 40));
        assertNotNull(one.take("ana", 1));
    }

    @Test
    void what_is_put_back_can_be_taken_elsewhere() {
        Buckets one = here().buckets(kind, 1, 1, DAY);
        Buckets two = there().buckets(kind, 1, 1, DAY);
        for (int i = 0; i < 20; i++) {
            assertNull(one.take("ana", 1));
            one.putBack("ana", 1);
            awaitThat(() -> two.waitFor("ana") == null);
            assertNull(two.take("ana", 1));
            two.putBack("ana", 1);
            awaitThat(() -> one.waitFor("ana") == null);
        }
        assertEquals(1, two.left("ana", "x").left());
    }

    @Test
    void more_than_there_is_may_be_taken_and_is_waited_for_everywhere() {
        Buckets one = here().buckets(kind, 100, 100, DAY);
        Buckets two = there().buckets(kind, 100, 100, DAY);
        one.takeAll("ana", 150);
        awaitThat(() -> two.waitFor("ana") != null);
        assertTrue(two.waitFor("ana").compareTo(Duration.ofHours(12)) > 0);
        assertEquals(0, two.left("ana", "tokens").left());
        assertEquals(new Allowance.Left("tokens", 100, 100, DAY), two.left("ben", "tokens"));
    }

    @Test
    void what_is_held_on_one_node_is_settled_on_any_and_once() {
        Buckets one = here().buckets(kind, 100, 100, DAY);
        Buckets two = there().buckets(kind, 100, 100, DAY);
        assertNull(one.hold("ana", "a1", 60));
        assertNotNull(two.hold("ana", "a2", 60));
        assertNull(two.hold("ana", "a3", 30));
        two.settle("ana", "a1", 60, 20);
        awaitThat(() -> one.left("ana", "x").left() == 50);
        one.settle("ana", "a1", 60, 0);
        one.settle("ana", "a2", 60, 0); // never was
        one.settle("ana", "a3", 30, 90);
        awaitThat(() -> two.waitFor("ana") != null);
        one.putBack("ana", 10 + 5);
        awaitThat(() -> two.left("ana", "x").left() == 5); // and nothing came back twice
    }

    @Test
    void of_what_several_nodes_hold_for_the_same_each_settles_its_own() {
        Buckets one = here().buckets(kind, 100, 100, DAY);
        Buckets two = there().buckets(kind, 100, 100, DAY);
        assertNull(one.hold("ana", "a1", 40));
        assertNull(two.hold("ana", "a1", 40));
        two.settle("ana", "a1", 40, 0); // the other one was faster
        awaitThat(() -> one.left("ana", "x").left() == 60);
        one.settle("ana", "a1", 40, 10);
        awaitThat(() -> two.left("ana", "x").left() == 90);
    }

    @Test
    void many_at_once_get_exactly_what_there_is() throws InterruptedException {
        Buckets one = here().buckets(kind, 10, 10, DAY);
        Buckets two = there().buckets(kind, 10, 10, DAY);
        AtomicInteger granted = new AtomicInteger();
        ExecutorService tabs = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 400; i++) {
            Buckets node = i % 2 == 0 ? one : two;
            tabs.execute(() -> granted.addAndGet(node.take("ana", 1) == null ? 1 : 0));
        }
        tabs.shutdown();
        assertTrue(tabs.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals(10, granted.get());
    }

    @Test
    void without_a_limit_nothing_is_counted() {
        Buckets free = here().buckets(kind, 0, 0, DAY);
        assertEquals(false, free.areLimited());
        for (int i = 0; i < 100; i++) {
            assertNull(free.take("ana", 1));
        }
    }

    private static void awaitThat(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain");
            Thread.onSpinWait();
        }
    }
}
