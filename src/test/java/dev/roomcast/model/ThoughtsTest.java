package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>Hm, tea?</think>Tea.",
                "\n<think>\nHm, a < b, </ and </thin\n</think>\n\nTea.",
                "<think></think>\nTea.",
                "<thought>Hm, <think> what?</thought>Tea."
            })
    void what_is_thought_aloud_before_the_answer_is_left_out_however_it_is_cut(String said) {
        for (int size = 1; size <= said.length(); size++) {
            assertEquals("Tea.", read(new Thoughts(false), said, size), "in pieces of " + size);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Models write <think>like this</think> or not.",
                "`<think>` opens it.",
                "  <thinker> is none.",
                "<",
                "<thin",
                " \n",
                "<b>Tea</b>"
            })
    void what_an_answer_speaks_of_is_its_text(String said) {
        for (int size = 1; size <= said.length(); size++) {
            assertEquals(said, read(new Thoughts(false), said, size), "in pieces of " + size);
        }
    }

    @Test
    void thoughts_that_never_end_are_no_answer() {
        assertEquals("", read(new Thoughts(false), "<think>Hm. Hm. Hm.", 3));
    }

    @Test
    void where_the_beginning_is_not_marked_the_end_is_enough() {
        assertEquals("Tea.", read(new Thoughts(true), "Hm, tea?\n</think>\n\nTea.", 4));
        assertEquals("Tea.", read(new Thoughts(true), "<think>Hm, tea?</think>Tea.", 4));
        Thoughts answering = new OpenAiDialect(Prefix.PLAIN, true, true, null).thoughts(true);
        assertEquals("and milk.", read(answering, "and milk.", 4), "the rest of an answer begins with none");
    }

    @Test
    void an_answer_of_nothing_but_blanks_is_not_held_back_for_ever() {
        assertEquals(" ".repeat(65), new Thoughts(false).leaveOut(" ".repeat(65), false));
    }

    private static String read(Thoughts thoughts, String said, int size) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < said.length(); at += size) {
            int end = Math.min(said.length(), at + size);
            text.append(thoughts.leaveOut(said.substring(at, end), end == said.length()));
        }
        return text.append(thoughts.leaveOut("", true)).toString();
    }
}
