package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions that wait, and answers that are asked again and gone on with, as everybody in the room sees them. */
abstract class QueueContract extends Visit {

    /** As the configuration has it. */
    private static final int AT_ONCE = 4;

    QueueContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void a_question_beyond_the_limit_waits_is_seen_to_wait_and_begins_when_there_is_place() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        List<String> answers = fill(ana);
        String waits = ana.ask(tokens(3, 0));
        String bens = ben.ask(tokens(3, 0));
        ben.awaitScreen("both waiting", shown -> shown.waiting.size() == 2);
        Client late = house.client(transport, house.person("Late"));
        JsonNode joined = late.join(room);
        assertEquals(waits, joined.at("/waiting/0/answerId").asText());
        assertEquals(bens, joined.at("/waiting/1/answerId").asText());

        ana.answerTo(ana.tell("ai-stop", "answerId", answers.get(0)));
        // He has had none yet, and she four.
        late.awaitScreen("his answer", shown -> "complete".equals(shown.endings.get(bens)));
        late.awaitScreen("hers", shown -> "complete".equals(shown.endings.get(waits)) && shown.waiting.isEmpty());
        assertEquals(ana.wholeAnswer(bens), late.text(bens));
    }

    @Test
    void a_question_that_waits_can_be_withdrawn_by_who_asked_alone() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        fill(ana);
        String waits = ana.ask(tokens(3, 0));
        String second = ana.ask(tokens(3, 0));
        ben.awaitScreen("both waiting", shown -> shown.waiting.size() == 2);
        String his = ben.tell("ai-withdraw", "answerId", waits);
        assertEquals("not-allowed", ben.answerTo(his).path("code").asText());
        JsonNode end = ana.answerTo(ana.tell("ai-withdraw", "answerId", waits));
        assertEquals(waits, end.get("answerId").asText());
        ana.answerTo(ana.tell("ai-stop", "answerId", second));
        ben.awaitScreen("nobody waiting", shown -> shown.waiting.isEmpty());
        assertEquals("cancelled", ben.<String>see(shown -> shown.endings.get(waits)));
        String again = ana.tell("ai-withdraw", "answerId", waits);
        assertEquals("no-such-answer", ana.answerTo(again).path("code").asText());
    }

    @Test
    void an_answer_can_be_asked_again_and_one_that_was_stopped_gone_on_with() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String first = ana.ask(endless());
        ben.awaitScreen(
                "some of it", shown -> !shown.answers.getOrDefault(first, "").isEmpty());
        ana.answerTo(ana.tell("ai-stop", "answerId", first));
        String his = ben.tell("ai-regenerate", "answerId", first);
        assertEquals("not-allowed", ben.answerTo(his).path("code").asText());

        String more = ana.answerTo(ana.tell("ai-continue", "answerId", first))
                .get("answerId")
                .asText();
        JsonNode start = ben.await("the rest", frame -> begins(frame, more));
        assertEquals(first, start.get("continues").asText());
        String again = ana.answerTo(ana.tell("ai-regenerate", "answerId", first, "model", "demo"))
                .get("answerId")
                .asText();
        start = ben.await("another answer", frame -> begins(frame, again));
        assertEquals(first, start.get("regenerates").asText());
        assertEquals(endless(), start.get("prompt").asText());
        for (String answer : List.of(more, again)) {
            ana.answerTo(ana.tell("ai-stop", "answerId", answer));
        }
        String none = ana.tell("ai-query", "prompt", "Who are you?", "model", "nobody");
        assertEquals("no-such-model", ana.answerTo(none).path("code").asText());
        String gone = ana.tell("ai-continue", "answerId", "a0");
        assertEquals("no-such-answer", ana.answerTo(gone).path("code").asText());
    }

    @Test
    void what_answers_cost_is_counted_for_the_room() {
        Client ana = come("Ana");
        String answer = ana.ask(tokens(30, 0));
        ana.wholeAnswer(answer);
        JsonNode usage = ana.await("the end", type("ai-end")).get("usage");
        long tokens = usage.get("promptTokens").asLong()
                + usage.get("completionTokens").asLong();
        assertTrue(tokens >= 30, usage::toString);
        JsonNode joined = house.client(transport, house.person("Late")).join(room);
        assertEquals(tokens, joined.get("tokens").asLong());
        JsonNode told = House.json(
                house.send(house.request("api/rooms/" + room + "/usage", ana.person)
                        .build()),
                200);
        Schemas.check("http.json#/$defs/usage", told);
        assertEquals(tokens, told.get("tokensToday").asLong());
    }

    private static boolean begins(JsonNode frame, String answerId) {
        return type("ai-start").test(frame) && frame.get("answerId").asText().equals(answerId);
    }

    private static List<String> fill(Client asker) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            answers.add(asker.ask(endless()));
        }
        return answers;
    }
}
