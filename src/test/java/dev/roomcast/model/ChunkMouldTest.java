package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkMouldTest {

    private static final String BEFORE = "{\"id\":\"c1\",\"choices\":[{\"delta\":{\"content\":\"";
    private static final String AFTER = "\"},\"finish_reason\":null}]}";

    private final ChunkMould mould = new ChunkMould();

    @Test
    void what_differs_in_its_text_alone_is_known_again() {
        remember(BEFORE + "tea" + AFTER, BEFORE.length(), BEFORE.length() + 3);
        assertEquals(" and cake", textOf(BEFORE + " and cake" + AFTER));
        assertEquals("", textOf(BEFORE + AFTER));
    }

    @Test
    void everything_else_is_not() {
        assertNull(textOf(BEFORE + "tea" + AFTER), "nothing is remembered yet");
        remember(BEFORE + "tea" + AFTER, BEFORE.length(), BEFORE.length() + 3);
        for (String chunk : List.of(
                BEFORE + "tea" + AFTER.replace("null", "\"stop\""),
                BEFORE.replace("c1", "c2") + "tea" + AFTER,
                BEFORE + "t\\u0065a" + AFTER,
                BEFORE + "tea\",\"role\":\"x" + AFTER,
                BEFORE + "thé" + AFTER,
                BEFORE + "te\na" + AFTER,
                BEFORE,
                AFTER,
                BEFORE.substring(1) + AFTER,
                "")) {
            assertNull(textOf(chunk), chunk);
        }
    }

    @Test
    void an_answer_is_the_same_whether_its_chunks_are_known_again_or_not() throws ModelFailed {
        List<String> texts = List.of(
                "Tea", " and", " \\\"cake\\\"", " for", " d\\u00e9jeuner", " é", " \\ud83d", "\\ude00", " x", "");
        ChatAnswer answer = new ChatAnswer(new OpenAiDialect(Prefix.NONE), new Thoughts(false));
        for (String text : texts) {
            // Now and then the provider says more.
            event(
                    answer,
                    "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}}],\"usage\":null}");
            event(answer, BEFORE + text + AFTER);
            event(answer, BEFORE + "!" + AFTER);
        }
        event(answer, BEFORE + "." + AFTER.replace("null", "\"stop\""));

        StringBuilder expected = new StringBuilder();
        for (String text : List.of("Tea", " and", " \"cake\"", " for", " déjeuner", " é")) {
            expected.append(text).append(text).append('!');
        }
        expected.append(" \uFFFD \uFFFD!\uFFFD\uFFFD! x x!!.");
        assertEquals(expected.toString(), answer.take());
        assertEquals("stop", answer.ending().finish());
    }

    private static void event(ChatAnswer answer, String event) throws ModelFailed {
        byte[] bytes = ("data: " + event).getBytes(UTF_8);
        answer.event(bytes, 6, bytes.length - 6);
    }

    private void remember(String chunk, int from, int to) {
        byte[] bytes = ("data: " + chunk).getBytes(UTF_8);
        mould.remember(bytes, 6, bytes.length - 6, from, to);
    }

    private String textOf(String chunk) {
        byte[] bytes = ("xx" + chunk).getBytes(UTF_8);
        return mould.textOf(bytes, 2, bytes.length - 2);
    }
}
