package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Prompt;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers whose end another node writes. */
class EndedElsewhereTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void an_answer_that_another_node_stopped_is_hung_up_on() {
        String asked = stage.ask(ANA, "why?");
        model.awaitOpened(1);
        join(LastWord.on(stage.room, asked, Outcome.withdrawn("ana"), "c2"));
        assertTrue(model.isClosed());
        assertEquals(1, stage.room.state().history().size());
    }

    @Test
    void an_answer_that_ends_elsewhere_while_its_model_is_opened_is_not_read() {
        Answer answer =
                new Answer(stage.room, new Question("a1", ANA.author(), "why?", "demo"), Stage.upTo(1_000), null);
        List<String> reads = new ArrayList<>();
        ModelStream stream = (ModelStream) Proxy.newProxyInstance(
                ModelStream.class.getClassLoader(), new Class<?>[] {ModelStream.class}, (proxy, method, args) -> {
                    reads.add(method.getName());
                    return null;
                });
        LanguageModel opening = (LanguageModel) Proxy.newProxyInstance(
                LanguageModel.class.getClassLoader(), new Class<?>[] {LanguageModel.class}, (proxy, method, args) -> {
                    answer.endedElsewhere();
                    return stream;
                });
        answer.run(opening, new Conversation.Told(new Prompt(List.of()), 0));
        assertEquals(List.of("close"), reads);
    }

    /** Nobody looks every second here: the room's bell says it. */
    @Test
    void an_answer_that_another_node_stopped_is_hung_up_on_without_waiting_for_somebody_to_look() {
        stage.threads.close();
        stage.threads = new TestThreads() {
            @Override
            public ScheduledExecutorService timer() {
                return notTicking(super.timer());
            }
        };
        String asked = stage.ask(ANA, "why?");
        model.awaitOpened(1);
        join(LastWord.on(stage.room, asked, Outcome.withdrawn("ana"), "c2"));
        assertTrue(model.isClosed());
    }

    private static ScheduledExecutorService notTicking(ScheduledExecutorService timer) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                ScheduledExecutorService.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, args) ->
                        method.getName().equals("scheduleWithFixedDelay") ? null : method.invoke(timer, args));
    }
}
