package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single events do to an answer. */
class ChatAnswerTest {

    private final ChatAnswer answer = answer(Speech.OPENAI);

    @Test
    void half_an_event_says_nothing_not_even_that_it_was_the_last() throws Exception {
        event(answer, "{\"choices\":[{\"delta\":{\"content\":\"good\"}}]}");
        String whole = "{\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3},\"choices\":[{\"delta\":"
                + "{\"content\":\"tail\",\"refusal\":\"no\"},\"finish_reason\":\"stop\"}],\"us";
        long before = answer.steps();
        assertThrows(ModelFailed.class, () -> event(answer, whole));
        assertEquals("good", answer.take());
        assertFalse(answer.finished());
        assertEquals(before, answer.steps());
        assertEquals(new ModelStream.Ending("unknown", null), answer.ending());
        ChatAnswer anthropics = answer(Speech.ANTHROPIC);
        assertThrows(ModelFailed.class, () -> event(anthropics, "{\"type\":\"message_stop\",\"x"));
        assertFalse(anthropics.done());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "safety"})
    void what_gemini_calls_its_filters_is_a_filter(String reason) throws Exception {
        event(answer, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
        assertEquals(ModelStream.Ending.FILTERED, answer.ending().finish());
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "MAX_TOKENS", "model_length"})
    void what_some_call_their_limit_is_the_length(String reason) throws Exception {
        event(answer, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
        assertEquals("length", answer.ending().finish());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "OPENAI | {'choices':[{'delta':{'reasoning_content':''}}]}",
                "OPENAI | {'choices':[{'delta':{'content':'','refusal':'','tool_calls':[],'annotations':{}}}]}",
                "ANTHROPIC | {'delta':{'type':'thinking_delta','thinking':''}}",
                "ANTHROPIC | {'delta':{'type':'input_json_delta','partial_json':''}}"
            })
    void empty_pieces_of_whatever_kind_are_no_sign_of_life(Speech speech, String event) throws Exception {
        ChatAnswer silent = answer(speech);
        event(silent, event.replace('\'', '"'));
        assertEquals(0, silent.steps());
    }

    @Test
    void thoughts_and_tool_calls_are_one() throws Exception {
        event(answer, "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0},{}],\"role\":\"assistant\"}}],\"x\":1}");
        assertEquals(1, answer.steps());
        event(answer, "{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\",\"content\":\"a\"}}]}");
        assertEquals(3, answer.steps());
        assertEquals("a", answer.take());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"prompt_tokens\":0,\"completion_tokens\":0}", "{\"total_tokens\":null}"})
    void who_counts_nothing_has_not_counted(String usage) throws Exception {
        event(answer, "{\"choices\":[],\"usage\":" + usage + "}");
        assertNull(answer.ending().usage());
    }

    private static ChatAnswer answer(Speech speech) {
        return new ChatAnswer(speech.dialect(), new Thoughts(false));
    }

    private static void event(ChatAnswer answer, String event) throws ModelFailed {
        byte[] bytes = event.getBytes(UTF_8);
        answer.event(bytes, 0, bytes.length);
    }
}
