package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Told;
import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Models;
import dev.roomcast.model.Prompt;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import dev.roomcast.room.Settled;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hundred answers at once, half of which fail, each in another way: every one ends, and nothing is left of it. */
class ManyFailuresTest {

    private static final int ANSWERS = 200;
    private static final int ROOMS = 20;
    private static final Member ANA = new Member("ana", "Ana", false);

    private final Threads threads = RealThreads.of(ANSWERS);
    private final Presence presence = new MemoryPresence();
    private final Rooms rooms = new Rooms(MemoryJournals.small());
    private final Provider provider = new Provider();

    /** What becomes of an answer, by the number in its question. */
    private enum Fate {
        COMPLETE,
        COMPLETE_WITHOUT_USAGE,
        AT_ITS_LENGTH,
        LONG,
        SLOW,
        FAILS_AT_ONCE,
        FAILS_IN_THE_MIDDLE,
        BREAKS,
        ENDLESS,
        SILENT_UNTIL_STOPPED;

        boolean fails() {
            return ordinal() >= FAILS_AT_ONCE.ordinal();
        }
    }

    @Test
    @Timeout(60)
    void every_one_ends_and_leaves_no_thread_no_connection_and_no_memory() throws Exception {
        Bounds bounds = new Bounds(
                new Limits(ANSWERS / ROOMS, 10, 100),
                ANSWERS,
                Stage.upTo(5_000),
                Duration.ofHours(1),
                1_000_000_000,
                false);
        Assistant assistant = new Assistant(
                Models.of(provider),
                presence,
                threads,
                rooms,
                Told.in(Map.of()),
                new NoLimits(),
                bounds,
                "Be kind.",
                1_000,
                100,
                "interrupt");
        assistant.start();
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            Room room = room(i % ROOMS);
            presence.enter(room.id(), ANA, "s" + i % ROOMS);
            asked.add(Stage.join(assistant.ask(room, ANA.author(), "c" + i, String.valueOf(i), Choice.NONE))
                    .outcomeId());
        }
        provider.awaitAll(); // all two hundred are under way
        for (int i = 0; i < ANSWERS; i++) {
            if (fate(i) == Fate.SILENT_UNTIL_STOPPED) {
                Stage.join(assistant.stop(room(i % ROOMS), "ana", false, asked.get(i), "s" + i));
            }
        }
        provider.goOn.countDown();

        for (int i = 0; i < ROOMS; i++) {
            Stage.await(
                    room(i),
                    state -> state.running().isEmpty() && state.waiting().isEmpty());
        }
        Map<Status, Integer> endings = new EnumMap<>(Status.class);
        for (int i = 0; i < ANSWERS; i++) {
            Status status = ending(i, asked.get(i));
            assertEquals(status == Status.COMPLETE, !fate(i).fails(), fate(i)::name);
            endings.merge(status, 1, Integer::sum);
        }
        assertEquals(Map.of(Status.COMPLETE, 100, Status.FAILED, 80, Status.CANCELLED, 20), endings);

        assistant.awaitIdle(Duration.ofSeconds(20));
        assertEquals(ANSWERS, provider.opened.get());
        assertEquals(0, provider.open.get(), "connections are left open");
        WeakReference<ModelStream> stream = provider.last;
        threads.close();
        assertTrue(threads.answers().awaitTermination(20, TimeUnit.SECONDS), "threads are left");
        assertTrue(isCollected(stream), "what is over is kept in memory");
        Reference.reachabilityFence(assistant);
    }

    private Room room(int number) {
        return rooms.room(new RoomId("room-" + number));
    }

    private Status ending(int number, String answerId) {
        return room(number % ROOMS).state().history().stream()
                .filter(settled -> settled.is(answerId))
                .map(settled -> ((Settled.Answered) settled).outcome().status())
                .findFirst()
                .orElseThrow(() -> new AssertionError(fate(number) + " never ended"));
    }

    private static Fate fate(int number) {
        return Fate.values()[number / ROOMS % Fate.values().length];
    }

    private static boolean isCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        return reference.get() == null;
    }

    /** Answers as the question's number has it. */
    private static final class Provider implements LanguageModel {

        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();
        private final CyclicBarrier all = new CyclicBarrier(ANSWERS + 1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile WeakReference<ModelStream> last;

        void awaitAll() throws Exception {
            all.await();
        }

        @Override
        public String name() {
            return "many";
        }

        @Override
        public ModelStream open(Prompt prompt) {
            List<Prompt.Turn> turns = prompt.turns();
            opened.incrementAndGet();
            open.incrementAndGet();
            ModelStream stream =
                    new Stream(fate(Integer.parseInt(turns.get(turns.size() - 1).content())));
            last = new WeakReference<>(stream);
            return stream;
        }

        private final class Stream implements ModelStream {

            private final Fate fate;
            private final AtomicBoolean first = new AtomicBoolean(true);
            private final CountDownLatch closed = new CountDownLatch(1);
            private int step;

            Stream(Fate fate) {
                this.fate = fate;
            }

            @Override
            public String next() throws ModelFailed {
                try {
                    return say(step++);
                } catch (ModelFailed e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            private String say(int at) throws Exception {
                if (at == 0) {
                    all.await();
                    if (fate != Fate.SILENT_UNTIL_STOPPED) {
                        goOn.await();
                    }
                }
                return switch (fate) {
                    case COMPLETE, COMPLETE_WITHOUT_USAGE, AT_ITS_LENGTH -> at < 3 ? "word " : null;
                    case LONG -> at < 50 ? "word ".repeat(10) : null;
                    case SLOW -> {
                        Thread.yield();
                        yield at < 100 ? "w" : null;
                    }
                    case FAILS_AT_ONCE -> throw new ModelFailed("model-busy", "Busy.", true, null, null);
                    case FAILS_IN_THE_MIDDLE -> {
                        if (at > 2) {
                            throw new ModelFailed("model-cut", "Cut.", true, null, null);
                        }
                        yield "word ";
                    }
                    case BREAKS -> throw new IllegalStateException("broken");
                    case ENDLESS -> "word ".repeat(100);
                    case SILENT_UNTIL_STOPPED -> {
                        closed.await();
                        throw new ModelFailed("model-stopped", "Stopped.", true, null, null);
                    }
                };
            }

            @Override
            public Ending ending() {
                return new Ending(
                        fate == Fate.AT_ITS_LENGTH ? "length" : "stop",
                        fate == Fate.COMPLETE_WITHOUT_USAGE ? null : new Usage(3, 4));
            }

            @Override
            public void close() {
                if (first.compareAndSet(true, false)) {
                    open.decrementAndGet();
                    closed.countDown();
                }
            }
        }
    }
}
