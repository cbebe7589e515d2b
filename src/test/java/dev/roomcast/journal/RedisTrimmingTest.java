package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A log of which two nodes write more than it keeps. */
class RedisTrimmingTest {

    private static final int KEPT = 100;
    private static final int EACH = 1_000;
    private static final Retention SMALL = new Retention(KEPT, 1_000_000, 300_000, 300_000);
    private final CyclicBarrier together = new CyclicBarrier(2);

    @Test
    void it_is_cut_behind_a_snapshot_and_nobody_misses_anything_who_reads_on() throws Exception {
        try (RedisServer server = RedisServer.start();
                TestNode one = new TestNode(server.url(), SMALL);
                TestNode two = new TestNode(server.url(), SMALL)) {
            one.open(ROOM);
            two.open(ROOM);
            Position begin = one.state(ROOM).position();
            CompletableFuture<?> other = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < EACH; i++) {
                    write(two, "two-" + i, i);
                }
            });
            List<String> read = new ArrayList<>();
            Position at = begin;
            for (int i = 0; i < EACH; i++) {
                write(one, "one-" + i, i);
                at = readOn(one, at, read);
            }
            other.join();
            long all = 2L * EACH;
            one.await(ROOM, state -> state.position().seq() == all);
            two.await(ROOM, state -> state.position().seq() == all);
            readOn(one, at, read);

            assertEquals(all, read.stream().distinct().count(), "a reader who keeps up has all");
            assertEquals(all, read.size());
            assertTrue(one.kept(ROOM) <= 3 * KEPT, () -> one.kept(ROOM) + " events are kept");
            assertTrue(one.journal.read(ROOM, begin, 10).reset(), "who comes from before gets a snapshot");
            try (TestNode late = new TestNode(server.url(), SMALL)) {
                late.open(ROOM);
                assertEquals(one.state(ROOM).position(), late.state(ROOM).position());
                assertEquals(one.messages(ROOM), late.messages(ROOM));
                assertEquals(two.messages(ROOM), late.messages(ROOM));
            }
        }
    }

    /** Neither gets so far ahead that the other's reader is behind what is kept. */
    private void write(TestNode node, String text, int i) {
        if (i % (KEPT / 5) == 0) {
            try {
                together.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
        node.append(ROOM, said(text));
    }

    /** @return where the reader is then */
    private static Position readOn(TestNode node, Position from, List<String> read) {
        Slice slice = node.journal.read(ROOM, from, Integer.MAX_VALUE);
        assertTrue(!slice.reset(), () -> "lost at " + from);
        for (Event event : slice.events()) {
            read.add(((Content.Message) event.content()).text());
        }
        return slice.next();
    }

    private static Content said(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }
}
