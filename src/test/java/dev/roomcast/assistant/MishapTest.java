package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.Models;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on this server ends one answer at the most, and never stands in the way of the others. */
class MishapTest {

    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void an_answer_that_no_thread_can_start_for_ends_and_gives_back_its_seat() {
        AtomicInteger starts = new AtomicInteger();
        stage.threads.close();
        stage.threads = new TestThreads() {
            @Override
            public ExecutorService answers() {
                ExecutorService all = super.answers();
                return new Delegating(all) {
                    @Override
                    public void execute(Runnable task) {
                        if (starts.getAndIncrement() == 0) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        all.execute(task);
                    }
                };
            }
        };
        stage.perNode = 1;
        String first = stage.ask(ANA, "why?");
        assertEquals("server-busy", stage.outcome(first).code());
        String second = stage.ask(ANA, "and now?");
        stage.model.ends();
        assertEquals(Status.COMPLETE, stage.outcome(second).status());
    }

    @Test
    void an_error_while_a_question_should_begin_does_not_keep_all_others_waiting_for_ever() {
        AtomicInteger reserved = new AtomicInteger();
        Allowance limits = stage.allowance;
        stage.allowance = (Allowance) Proxy.newProxyInstance(
                Allowance.class.getClassLoader(), new Class<?>[] {Allowance.class}, (proxy, method, args) -> {
                    if (method.getName().equals("reserve") && reserved.incrementAndGet() == 3) {
                        throw new NoClassDefFoundError("lost");
                    }
                    return method.invoke(limits, args);
                });
        stage.perRoom = 1;
        stage.ask(ANA, "1");
        String second = stage.ask(ANA, "2");
        stage.model.ends();
        stage.model.ends();
        assertEquals(Status.COMPLETE, stage.outcome(second).status());
    }

    @Test
    void a_log_that_throws_instead_of_refusing_costs_no_place() {
        Journal broken = (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, args) -> {
                    if (method.getName().equals("append")) {
                        throw new IllegalStateException("broken");
                    }
                    return method.invoke(stage.journal, args);
                });
        stage.perNode = 1;
        assertThrows(RuntimeException.class, () -> stage.ask(new Room(stage.room.id(), broken), ANA, "why?"));
        String second = stage.ask(ANA, "and now?");
        stage.model.ends();
        assertEquals(Status.COMPLETE, stage.outcome(second).status());
    }

    @Test
    void a_room_that_cannot_be_looked_after_does_not_keep_the_others_from_it() {
        stage.presence = new MemoryPresence() {
            @Override
            public boolean anybodyIn(RoomId room) {
                if (room.name().startsWith("broken")) {
                    throw new IllegalStateException("broken");
                }
                return false;
            }
        };
        stage.grace = Duration.ZERO;
        for (int i = 0; i < 8; i++) { // whatever the order in which they are looked at
            stage.ask(new Room(new RoomId("broken" + i), stage.journal), ANA, "why?");
        }
        assertEquals(Status.CANCELLED, stage.outcome(stage.ask(ANA, "why?")).status());
    }

    @Test
    void an_answer_whose_reader_is_stuck_ends_all_the_same_once_its_time_is_over() {
        DeafModel deaf = new DeafModel();
        stage.models = Models.of(deaf);
        String asked = stage.ask(ANA, "why?");
        deaf.awaitAsked();
        deaf.isStuck(new ModelFailed("model-stalled", "Silent.", true, null, null));
        assertEquals("model-stalled", stage.outcome(asked).code());
    }

    private abstract static class Delegating extends AbstractExecutorService {

        private final ExecutorService all;

        Delegating(ExecutorService all) {
            this.all = all;
        }

        @Override
        public void shutdown() {
            all.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return all.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return all.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return all.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return all.awaitTermination(timeout, unit);
        }
    }
}
