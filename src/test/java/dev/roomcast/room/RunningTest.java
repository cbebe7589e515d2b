package dev.roomcast.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RunningTest {

    private final Running begun = Running.begin(
            1, null, new Content.AnswerStarted(new Question("a1", new Author("ana", "Ana"), "why?", "demo")));

    @Test
    void an_answer_of_single_characters_is_kept_in_a_few_pieces() {
        Running answer = begun;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            String piece = String.valueOf((char) ('a' + i % 26));
            answer = answer.and(piece);
            text.append(piece);
        }
        assertEquals(text.toString(), answer.text());
        assertEquals(text.length(), answer.length());
        assertTrue(answer.pieces() <= 40, answer.pieces() + " pieces");
    }

    @Test
    void whoever_has_seen_it_shorter_sees_it_as_it_was_and_it_may_go_on_in_two_ways() {
        Running first = begun.and("Be").and("cause ");
        Running tea = first.and("of tea");
        Running cake = first.and("of cake".repeat(100)).and("!");
        assertEquals("", begun.text());
        assertEquals("Because ", first.text());
        assertEquals("Because of tea", tea.text());
        assertEquals("Because " + "of cake".repeat(100) + "!", cake.text());
    }

    /** Where those who were there have seen it begin. */
    @Test
    void an_answer_whose_question_waited_stands_where_it_began_for_those_who_come_later() {
        Question question = new Question("a1", new Author("ana", "Ana"), "why?", "demo");
        RoomState waiting = RoomState.empty(1).after(new Event(1, 1_000, "c1", new Content.AnswerQueued(question)));
        RoomState running = waiting.after(new Event(2, 9_000, null, new Content.AnswerStarted(question, true)));
        assertEquals(1_000, waiting.waiting().get("a1").time());
        assertEquals(9_000, running.running().get("a1").time());
        assertEquals("c1", running.running().get("a1").re());
    }
}
