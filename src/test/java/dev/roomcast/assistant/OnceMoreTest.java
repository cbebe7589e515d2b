package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.BEN;
import static dev.roomcast.assistant.Stage.assertRefused;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Refused;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking again, and going on. */
class OnceMoreTest {

    private final Stage stage = new Stage();
    private final ScriptedModel model = stage.model;

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void a_question_is_asked_again_beside_its_first_answer() {
        String first = answered("Wrong.");
        String second = again(first);
        model.says("Right.");
        model.ends();
        Question question = stage.settled(second).question();
        assertEquals(new Relation(Relation.Kind.REGENERATES, first), question.relation());
        assertEquals("why?", question.prompt());
        assertEquals("Right.", stage.settled(second).text());
        assertEquals("Wrong.", stage.settled(first).text());
    }

    @Test
    void an_answer_that_broke_off_goes_on_and_its_text_is_what_comes_after() {
        String first = stage.ask(ANA, "why?");
        model.says("Because ");
        model.fails("model-cut", "It went away.");
        stage.settled(first);
        String rest = join(stage.assistant().goOn(stage.room, ANA.author(), false, "c2", first))
                .outcomeId();
        model.says("of tea.");
        model.ends();
        assertEquals("of tea.", stage.settled(rest).text());
        assertEquals(
                new Relation(Relation.Kind.CONTINUES, first),
                stage.settled(rest).question().relation());
        List<Turn> turns = model.prompt().turns();
        assertEquals(new Turn(Role.ASSISTANT, "Because "), turns.get(turns.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "tool_calls", "paused"})
    void an_answer_that_its_provider_ended_before_its_end_goes_on_and_one_at_its_end_does_not(String reason) {
        String first = stage.ask(ANA, "why?");
        model.says("Because ");
        model.ends(new ModelStream.Ending(reason, null));
        stage.settled(first);
        String rest = join(stage.assistant().goOn(stage.room, ANA.author(), false, "c2", first))
                .outcomeId();
        model.says("of tea.");
        model.ends();
        assertNull(stage.outcome(rest).finish());
        assertRefused(
                Refused.Code.NOT_ALLOWED, () -> stage.assistant().goOn(stage.room, ANA.author(), false, "c3", rest));
    }

    @Test
    void it_is_for_who_asked_and_for_moderators_who_ask_in_their_own_name() {
        String first = answered("Because.");
        assertRefused(
                Refused.Code.NOT_ALLOWED,
                () -> stage.assistant().again(stage.room, BEN.author(), false, "c2", first, Choice.NONE));
        String second = join(stage.assistant().again(stage.room, BEN.author(), true, "c2", first, Choice.NONE))
                .outcomeId();
        model.ends();
        assertEquals(BEN.author(), stage.settled(second).question().asker());
    }

    @Test
    void what_is_under_way_or_gone_cannot_be_asked_again() {
        String first = stage.ask(ANA, "why?");
        assertRefused(
                Refused.Code.NO_SUCH_ANSWER,
                () -> stage.assistant().again(stage.room, ANA.author(), false, "c2", first, Choice.NONE));
        assertRefused(
                Refused.Code.NO_SUCH_ANSWER, () -> stage.assistant().goOn(stage.room, ANA.author(), false, "c3", "a0"));
        model.ends();
        stage.settled(first);
        assertRefused(
                Refused.Code.NO_SUCH_MODEL,
                () -> stage.assistant().again(stage.room, ANA.author(), false, "c4", first, new Choice("gone", null)));
    }

    @Test
    void the_same_command_again_is_the_same_answer() {
        String first = answered("Because.");
        String second = again(first);
        assertEquals(second, again(first));
        model.ends();
        stage.settled(second);
        assertEquals(2, stage.room.state().history().size());
    }

    private String again(String answerId) {
        return join(stage.assistant().again(stage.room, ANA.author(), false, "again", answerId, Choice.NONE))
                .outcomeId();
    }

    private String answered(String text) {
        String asked = stage.ask(ANA, "why?");
        model.says(text);
        model.ends();
        stage.settled(asked);
        return asked;
    }
}
