package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Settled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers that a node has under way when it stops, and cannot let go on to their end. */
class CutShortTest {

    private final Stage stage = new Stage();

    @BeforeEach
    void start() {
        stage.lasting = true;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void what_a_node_that_stops_has_under_way_waits_for_another_from_the_moment_on_in_which_it_ends() {
        stage.takeover = "ask-again";
        String cut = cutShort("Because ");
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, cut), theOneThatWaits().relation());
        assertEquals(ANA.author(), theOneThatWaits().asker());
        assertEquals("why?", theOneThatWaits().prompt());
    }

    @Test
    void so_does_its_rest_where_answers_shall_go_on() {
        stage.takeover = "continue";
        String cut = cutShort("Because ");
        assertEquals(
                new Relation(Relation.Kind.CONTINUES, cut), theOneThatWaits().relation());
    }

    @Test
    void where_a_node_that_stops_had_nothing_said_it_is_asked_again() {
        stage.takeover = "continue";
        String cut = cutShort("");
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, cut), theOneThatWaits().relation());
    }

    @Test
    void a_node_that_stops_leaves_nothing_to_others_if_that_is_not_wished() {
        cutShort("Because ");
        assertTrue(stage.waiting().isEmpty());
    }

    @Test
    void nor_does_it_where_its_log_goes_with_it() {
        stage.lasting = false;
        stage.takeover = "ask-again";
        cutShort("Because ");
        assertTrue(stage.waiting().isEmpty());
    }

    /** By this node, which stops. @return the answerId */
    private String cutShort(String said) {
        String asked = stage.ask(ANA, "why?");
        if (!said.isEmpty()) {
            stage.model.says(said);
            stage.room(state -> state.running().get(asked).length() > 0);
        }
        stage.assistant().interruptAll();
        Settled.Answered cut = stage.settled(asked);
        assertEquals(Status.INTERRUPTED, cut.outcome().status());
        assertEquals("server-stopped", cut.outcome().code());
        assertEquals(said, cut.text());
        return asked;
    }

    private Question theOneThatWaits() {
        assertEquals(1, stage.waiting().size());
        return stage.room.state().waiting().values().iterator().next().question();
    }
}
