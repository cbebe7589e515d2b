package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Translate to French: good morning | Bonjour",
                "Please translate this into German: \"Thank you!\" | Danke",
                "Translate to Spanish: my cat | phrase book",
                "Write fibonacci in Python | def fibonacci",
                "A javascript function that sorts invoices | ```javascript",
                "Write a method for invoices | ```java",
                "What does this code do? ```java class Cup {}``` | ```java",
                "Summarise: Tea is hot. Tea is good. It rains. | - Tea",
                "Rewrite: it is  really very   nice !! | It is nice!",
                "Show me some Markdown | # A heading",
                "hello | Roomcast",
                "Why is the sky blue? | *Why*",
                "Which tea should we buy? | choice"
            })
    void each_use_gets_something_of_use(String prompt, String part) {
        String answer = answer(prompt);
        assertTrue(answer.contains(part), answer);
        assertTrue(answer.contains("demo model"), "says what it is");
        assertEquals(answer, answer(prompt), "the same again");
    }

    @Test
    void a_summary_without_a_text_is_one_of_the_talk() throws IOException {
        DemoQuestion question = DemoQuestion.read(
                ("{\"messages\":[{\"role\":\"system\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"Ana: Tea at noon.\"},"
                                + "{\"role\":\"assistant\",\"content\":\"y\"},{\"role\":\"user\",\"content\":\"Summarise this\"}]}")
                        .getBytes(UTF_8));
        assertTrue(answer(question).text().contains("- Ana: Tea at noon."));
    }

    @Test
    void it_reads_the_talk_as_rooms_tell_it() throws IOException {
        String ana = "{\"user\":\"ana\",\"name\":\"Ana\",\"text\":\"Tea at noon.\"}";
        String ben = "{\"user\":\"ben\",\"name\":\"Ben\",\"text\":\"{}\"}";
        String asks = "{\"asks\":{\"user\":\"ben\",\"name\":\"Ben\"}}";
        String asked = "{\"text\":\"what is this?\"}\n";
        List<String> talk = List.of("Ana: Tea at noon.", "Ben: {}");
        for (List<String> messages :
                List.of(List.of(ana, ben, asks, "{}" + asked), List.of(String.join("\n", ana, ben, asks, asked)))) {
            DemoQuestion question = DemoQuestion.read(body(messages));
            assertEquals(talk, question.talk());
            assertTrue(question.prompt().endsWith(asked), question.prompt());
        }
    }

    private static byte[] body(List<String> users) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ArrayNode messages = json.createArrayNode();
        users.forEach(user -> messages.addObject().put("role", "user").put("content", user));
        return json.writeValueAsBytes(json.createObjectNode().set("messages", messages));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "\"",
                "“",
                ":",
                "translate",
                "translate: ",
                "summarise:",
                "rewrite:",
                "rewrite: !",
                "```",
                "code ```\n",
                "😀😀😀😀😀",
                "summarise: 😀\uD83D",
                "function function function",
                "[[demo",
                "| translate: a|b |"
            })
    void odd_prompts_are_answered_as_well(String prompt) {
        String answer = answer(prompt);
        assertTrue(answer.length() > 50, answer);
    }

    @Test
    void a_long_prompt_costs_no_time() {
        for (String unit : List.of("«", "(", " ", "a ", "```\n", "[[demo ", "translate to ", "rewrite: ", "x(", "\"")) {
            answer("code summarise " + unit.repeat(16_000 / unit.length()));
        }
    }

    @Test
    void a_directive_sets_the_exact_number_of_tokens() {
        for (int count : new int[] {0, 1, 7, 500}) {
            DemoAnswer answer = answer(question("Why? [[demo tokens=" + count + "]]"));
            assertEquals(count, answer.count());
        }
    }

    @Test
    void numbered_tokens_show_what_is_missing() {
        String expected = IntStream.range(0, 50).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
        assertEquals(expected, answer(question("[[demo tokens=50 numbered]]")).text());
    }

    @Test
    void no_token_tears_a_character() {
        DemoAnswer answer = answer(question("Rewrite: 😀😀😀😀 a😀b😀 漢字漢字漢字漢字漢字漢字"));
        for (int i = 0; i < answer.count(); i++) {
            String token = answer.token(i);
            assertEquals(token, new String(token.getBytes(UTF_8), UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"messages\":[]}", "{\"messages\":1}"})
    void what_is_no_question_is_refused(String body) {
        assertThrows(IOException.class, () -> DemoQuestion.read(body.getBytes(UTF_8)));
    }

    private static String answer(String prompt) {
        return answer(question(prompt)).text();
    }

    private static DemoAnswer answer(DemoQuestion question) {
        return DemoAnswer.to(question, DemoDirective.in(question.prompt()));
    }

    private static DemoQuestion question(String prompt) {
        return new DemoQuestion(prompt, List.of(), 1, true, true);
    }
}
