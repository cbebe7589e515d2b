package dev.roomcast.assistant;

import static dev.roomcast.assistant.Stage.ANA;
import static dev.roomcast.assistant.Stage.assertRefused;
import static dev.roomcast.assistant.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.DelegatingJournal;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Settled;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that another node wrote, which is gone. */
class TakeoverTest {

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
    void it_ends_as_interrupted_with_what_there_is_of_it_and_that_is_all() {
        stage.left("Because ");
        takeOver("interrupt");
        assertInterrupted("Because ");
        assertTrue(stage.room.state().running().isEmpty());
    }

    @Test
    void it_is_asked_again_as_a_new_answer_below_in_the_name_of_who_had_asked() {
        stage.left("Because ");
        takeOver("ask-again");
        assertInterrupted("Because ");
        Question again = theOneUnderWay();
        assertEquals(new Relation(Relation.Kind.REGENERATES, "left"), again.relation());
        assertEquals(ANA.author(), again.asker());
        assertEquals("why?", again.prompt());
        stage.model.says("Because of tea.");
        stage.model.ends();
        assertEquals("Because of tea.", stage.settled(again.answerId()).text());
        assertInterrupted("Because ");
    }

    @Test
    void it_goes_on_in_a_new_answer_whose_text_is_only_what_comes_after() {
        stage.left("Because ");
        takeOver("continue");
        assertInterrupted("Because ");
        Question rest = theOneUnderWay();
        assertEquals(new Relation(Relation.Kind.CONTINUES, "left"), rest.relation());
        stage.model.says("of tea.");
        stage.model.ends();
        assertEquals("of tea.", stage.settled(rest.answerId()).text());
        List<Turn> turns = stage.model.prompt().turns();
        assertEquals(new Turn(Role.ASSISTANT, "Because "), turns.get(turns.size() - 1), "the model knows what it said");
        assertInterrupted("Because ");
    }

    @Test
    void where_nothing_was_said_there_is_nothing_to_go_on_with_and_it_is_asked_again() {
        stage.left("");
        takeOver("continue");
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, "left"),
                theOneUnderWay().relation());
    }

    @Test
    void of_two_nodes_that_see_it_one_asks_again() {
        stage.left("Because ");
        takeOver("ask-again");
        takeOver("ask-again");
        assertEquals(1, stage.room.state().running().size());
        assertTrue(stage.waiting().isEmpty());
    }

    @Test
    void whoever_ends_it_and_is_not_told_so_nor_can_do_anything_afterwards_has_asked_it_again_all_the_same() {
        stage.takeover = "ask-again";
        stage.assistant();
        stage.left("Because ");
        Room cutOff = new Room(stage.room.id(), new TakesOneAndIsGone(stage.journal));
        Takeover takeover = new Takeover(stage.assistant(), null);
        assertRefused(Refused.Code.UNAVAILABLE, () -> takeover.lost(cutOff, "left"));
        assertInterrupted("Because ");
        stage.room(state -> !state.running().isEmpty());
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, "left"),
                theOneUnderWay().relation());
        takeOver("ask-again");
        assertEquals(1, stage.room.state().running().size(), "and not twice");
        assertTrue(stage.waiting().isEmpty());
    }

    /** Their asker was told that nobody knows, and may ask with the same id again, which is answered by this. */
    @Test
    void what_began_without_its_nodes_hearing_of_it_is_asked_again_whatever_is_wished_for_those_that_are_left() {
        stage.left("");
        join(new Takeover(stage.assistant(), null).unheardOf(stage.room, "left"));
        assertInterrupted("");
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, "left"),
                theOneUnderWay().relation());
    }

    @Test
    void what_a_node_that_was_cut_off_had_under_way_is_asked_again_as_if_it_had_died() {
        stage.takeover = "ask-again";
        String asked = stage.ask(ANA, "why?");
        stage.assistant().cutOff();
        assertEquals("server-cut-off", stage.outcome(asked).code());
        stage.room(state -> !state.running().isEmpty());
        assertEquals(
                new Relation(Relation.Kind.REGENERATES, asked), theOneUnderWay().relation());
    }

    @Test
    void an_answer_of_which_the_log_has_lost_the_end_goes_on_after_what_it_has_left() {
        stage.takeover = "continue";
        LosesOnePiece losing = new LosesOnePiece(stage.journal);
        String asked = stage.ask(new Room(stage.room.id(), losing), ANA, "why?");
        stage.model.says("Because ");
        stage.room(state -> state.running().get(asked).length() > 0);
        losing.next.set(true);
        stage.model.says("of ");
        stage.model.says("tea.");
        Settled.Answered left = stage.settled(asked);
        assertEquals(Status.INTERRUPTED, left.outcome().status());
        assertEquals("server-cut-off", left.outcome().code());
        assertEquals("Because ", left.text());
        stage.room(state -> !state.running().isEmpty());
        Question rest = theOneUnderWay();
        assertEquals(new Relation(Relation.Kind.CONTINUES, asked), rest.relation());
        stage.model.says("of tea.");
        stage.model.ends();
        assertEquals("of tea.", stage.settled(rest.answerId()).text());
    }

    /** It may be what they die of. */
    @Test
    void what_was_left_by_one_node_after_another_is_not_asked_again_for_ever() {
        stage.takeover = "ask-again";
        String asked = stage.ask(ANA, "why?");
        for (int nodes = 1; nodes <= 4; nodes++) {
            assertEquals(asked, theOneUnderWay().answerId(), "on node " + nodes);
            join(new Takeover(stage.assistant(), null).lost(stage.room, asked));
            assertEquals("server-lost", stage.outcome(asked).code());
            if (nodes < 4) {
                stage.room(state -> !state.running().isEmpty());
                asked = theOneUnderWay().answerId();
            }
        }
        assertTrue(stage.room.state().running().isEmpty());
        assertTrue(stage.waiting().isEmpty());
    }

    @Test
    void what_its_asker_stopped_meanwhile_is_not_asked_again() {
        stage.takeover = "ask-again";
        stage.left("Because ");
        join(stage.assistant().stop(stage.room, ANA.userId(), false, "left", null));
        takeOver("ask-again");
        assertTrue(stage.room.state().running().isEmpty());
    }

    @Test
    void a_wrong_setting_stops_the_start() {
        stage.takeover = "resume";
        assertThrows(IllegalArgumentException.class, stage::assistant);
    }

    private void takeOver(String mode) {
        stage.takeover = mode;
        join(new Takeover(stage.assistant(), null).lost(stage.room, "left"));
    }

    private void assertInterrupted(String text) {
        Settled.Answered left = stage.settled("left");
        assertEquals(Status.INTERRUPTED, left.outcome().status());
        assertEquals("server-lost", left.outcome().code());
        assertEquals(text, left.text());
    }

    /** A log in which the next append still gets, without anybody's hearing of it, and none after that. */
    private static final class TakesOneAndIsGone extends DelegatingJournal {

        private final AtomicBoolean taken = new AtomicBoolean();

        TakesOneAndIsGone(Journal log) {
            super(log);
        }

        @Override
        public CompletionStage<Appended> append(RoomId room, Draft draft) {
            if (!taken.getAndSet(true)) {
                join(super.append(room, draft));
            }
            return CompletableFuture.failedStage(new Refused(Refused.Code.UNAVAILABLE, "It is gone."));
        }
    }

    /** A log that says of the next piece of an answer that it has it, and loses it, as a Redis that is taken over from does. */
    private static final class LosesOnePiece extends DelegatingJournal {

        final AtomicBoolean next = new AtomicBoolean();

        LosesOnePiece(Journal log) {
            super(log);
        }

        @Override
        public CompletionStage<Appended> append(RoomId room, Draft draft) {
            return draft.content() instanceof Content.AnswerChunk piece && next.getAndSet(false)
                    ? CompletableFuture.completedStage(
                            new Appended(state(room).position(), piece.answerId(), false, false))
                    : super.append(room, draft);
        }
    }

    private Question theOneUnderWay() {
        return stage.room.state().running().values().iterator().next().question();
    }
}
