package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.NoLimits;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node that is gone held of a user's tokens. */
class LeftTokensTest {

    private final Stage stage = new Stage();

    @BeforeEach
    void last() {
        stage.lasting = true;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void what_its_node_held_of_the_askers_tokens_is_settled_by_whoever_ends_it_before_it_is_asked_again() {
        List<String> settled = new CopyOnWriteArrayList<>();
        stage.allowance = new NoLimits() {
            @Override
            public void settleLeft(String userId, String answerId, long used) {
                settled.add(userId + " " + answerId + " " + used);
            }

            @Override
            public void reserve(String userId, String answerId, long tokens) {
                settled.add("next");
            }
        };
        stage.left("Because of tea. ");
        stage.takeover = "ask-again";
        join(new Takeover(stage.assistant(), null).lost(stage.room, "left"));
        stage.room(state -> !state.running().isEmpty());
        long used = stage.outcome("left").usage().promptTokens() + 4;
        assertEquals(List.of("ana left " + used, "next"), settled);
    }

    /** As its asker may do who sees it stand still. */
    @Test
    void what_a_dead_node_held_is_settled_too_where_its_answer_is_stopped_before_it_is_taken_over() throws Exception {
        BlockingQueue<String> settled = new LinkedBlockingQueue<>();
        stage.allowance = new NoLimits() {
            @Override
            public void settleLeft(String userId, String answerId, long used) {
                settled.add(userId + " " + answerId);
            }
        };
        var impatient = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, 0, unit);
            }
        };
        stage.threads = new TestThreads() {
            @Override
            public ScheduledExecutorService timer() {
                return impatient;
            }
        };
        stage.left("Because ");
        join(stage.assistant().stop(stage.room, ANA.userId(), false, "left", null));
        assertEquals("ana left", settled.poll(20, TimeUnit.SECONDS));
        impatient.shutdownNow();
    }
}
