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
}
