package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.command;
import static dev.roomcast.it.protocol.Client.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What people tell a room takes effect once, however often and by whatever way it is sent. */
abstract class CommandContract extends Visit {

    CommandContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void a_message_that_is_sent_again_is_the_same_message_also_over_another_transport() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String id = House.unique();
        String tea = command(id, "message", "content", "Tea?");
        ana.send(tea);
        String messageId = ana.answerTo(id).get("messageId").asText();
        ana.send(tea);
        assertEquals(messageId, repeated(ana, id).get("messageId").asText());
        for (Transport other : Transport.ALL) {
            Client again = come(other, ana.person);
            again.send(tea);
            assertEquals(messageId, repeated(again, id).get("messageId").asText());
        }
        String last = ana.say("That was it.");

        ben.awaitScreen("the last message", shown -> shown.messages.containsKey(last));
        assertEquals(2, ben.count(type("message")));
    }

    @Test
    void a_question_that_is_sent_again_is_the_same_question_also_over_another_transport() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String id = House.unique();
        String question = command(id, "ai-query", "prompt", tokens(5, 1));
        ana.send(question);
        String answerId = ana.answerTo(id).get("answerId").asText();
        for (Transport other : Transport.ALL) {
            Client again = come(other, ana.person);
            again.send(question);
            assertEquals(answerId, repeated(again, id).get("answerId").asText());
        }
        ben.wholeAnswer(answerId);
        String last = ana.say("That was it.");

        ben.awaitScreen("the last message", shown -> shown.messages.containsKey(last));
        assertEquals(1, ben.count(type("ai-start")));
    }

    @Test
    void an_id_means_one_command_of_one_person() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String id = House.unique();
        ana.send(command(id, "message", "content", "Tea?"));
        ana.answerTo(id);
        ana.send(command(id, "message", "content", "Coffee?"));
        ana.await("a refusal", frame -> frame.path("code").asText().equals("id-reused"));
        ana.send(command(id, "ai-query", "prompt", "Tea?"));
        ana.await("another", frame -> ana.count(type("error")) == 2);
        ben.send(command(id, "message", "content", "Coffee?"));

        JsonNode his = ben.answerTo(id);
        assertTrue(his.has("messageId") && !his.has("repeated"), his::toString);
        assertEquals(0, ben.count(type("ai-start")));
    }

    @Test
    void who_speaks_is_who_came_in_and_not_who_a_frame_says() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String id = House.unique();
        ana.send(command(
                id, "message", "content", "I am the boss", "userId", ben.person.userId(), "name", ben.person.name()));
        JsonNode said = ben.await("what she said", type("message"));

        assertEquals(ana.person.userId(), said.get("userId").asText());
        assertEquals(ana.person.name(), said.get("name").asText());
    }

    @Test
    void who_asked_may_stop_the_answer_and_nobody_else() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String answer = ana.ask(endless());
        ben.awaitScreen(
                "some of it", shown -> !shown.answers.getOrDefault(answer, "").isEmpty());
        String his = ben.tell("ai-stop", "answerId", answer);
        assertEquals("not-allowed", ben.answerTo(his).path("code").asText());
        String hers = ana.tell("ai-stop", "answerId", answer);
        String again = ana.tell("ai-stop", "answerId", answer);

        JsonNode end = ben.await("the end", type("ai-end"));
        assertEquals("cancelled", end.get("status").asText());
        assertEquals(ana.person.userId(), end.get("by").asText());
        assertEquals(hers, end.get("re").asText());
        assertEquals(answer, ana.answerTo(hers).get("answerId").asText());
        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));
        JsonNode second = ana.answerTo(again);
        assertTrue(second.path("code").asText("no-such-answer").equals("no-such-answer"), second::toString);
        String late = ana.tell("ai-stop", "answerId", answer);
        assertEquals("no-such-answer", ana.answerTo(late).path("code").asText());
    }

    @Test
    void an_answer_goes_on_when_who_asked_leaves() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String answer = ana.ask(tokens(100, 10));
        ana.cut();
        ben.wholeAnswer(answer);

        assertEquals(
                "complete", ben.await("the end", type("ai-end")).get("status").asText());
        assertTrue(ben.text(answer).trim().endsWith("t99"), ben.text(answer));
    }

    @Test
    void an_answer_that_fails_says_why_and_keeps_what_came_before() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String answer = ana.ask("Fail. [[demo tokens=50 gap=1ms numbered fault=cut at=10]]");
        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));

        JsonNode end = ben.await("the end", type("ai-end"));
        assertEquals("failed", end.get("status").asText());
        assertTrue(ben.text(answer).startsWith("t0 t1"), ben.text(answer));
        JsonNode late = house.client(transport, house.person("Late")).join(room);
        assertEquals(end.get("code"), late.at("/history/0/code"));
        assertEquals(ben.text(answer), late.at("/history/0/text").asText());
    }

    private static JsonNode repeated(Client client, String id) {
        return client.await("word that it was a repeat", frame -> client.isAnswer(frame, id) && frame.has("repeated"));
    }
}
