package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Screen;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a room says arrives whole, once, in order, whenever somebody comes, goes and comes back. */
abstract class ReadingContract extends Visit {

    ReadingContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void a_newcomer_is_told_who_they_are_and_that_nothing_was_said() {
        Client ana = house.client(transport, house.person("Ana"));
        JsonNode joined = ana.join(room);

        assertEquals("joined", joined.get("type").asText());
        assertEquals(room, joined.get("roomId").asText());
        assertFalse(joined.get("recovered").asBoolean());
        assertEquals(ana.person.userId(), joined.at("/you/userId").asText());
        assertEquals(ana.person.name(), joined.at("/you/name").asText());
        assertFalse(joined.at("/you/guest").asBoolean());
        assertEquals(ana.person.userId(), joined.at("/members/0/userId").asText());
        assertEquals(1, joined.get("count").asInt());
        assertEquals(0, joined.get("history").size() + joined.get("answers").size());
    }

    @Test
    void people_see_each_others_words_and_the_answer_growing() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String hello = ana.say("Hello, 你好 👋");
        String answer = ben.ask(tokens(60, 10));

        for (Client reader : List.of(ana, ben)) {
            assertTrue(reader.wholeAnswer(answer).startsWith("t0 t1 t2"), "not the answer");
            assertEquals("Hello, 你好 👋", reader.message(hello));
            JsonNode start = reader.await("its start", type("ai-start"));
            assertEquals(ben.person.userId(), start.get("userId").asText());
            assertEquals(tokens(60, 10), start.get("prompt").asText());
            assertTrue(reader.count(type("ai-chunk")) > 1, "the answer came in one piece");
        }
        assertEquals(ana.text(answer), ben.text(answer));
    }

    @Test
    void who_comes_in_the_middle_of_an_answer_sees_all_of_it() {
        Client ana = come("Ana");
        String answer = ana.ask(endless());
        ana.awaitScreen(
                "some of it", shown -> shown.answers.getOrDefault(answer, "").length() > 20);
        Client late = house.client(transport, house.person("Late"));
        JsonNode joined = late.join(room);
        ana.tell("ai-stop", "answerId", answer);

        assertEquals(answer, joined.at("/answers/0/answerId").asText());
        assertTrue(joined.at("/answers/0/text").asText().length() > 20);
        assertEquals(ana.wholeAnswer(answer), late.wholeAnswer(answer));
    }

    @Test
    void who_comes_later_finds_what_was_said() {
        Client ana = come("Ana");
        String hello = ana.say("Hello");
        String answer = ana.ask(tokens(10, 1));
        String text = ana.wholeAnswer(answer);
        JsonNode history =
                house.client(transport, house.person("Late")).join(room).get("history");

        assertEquals(2, history.size());
        assertEquals(hello, history.at("/0/messageId").asText());
        assertEquals(answer, history.at("/1/answerId").asText());
        assertEquals(text, history.at("/1/text").asText());
        assertEquals("complete", history.at("/1/status").asText());
    }

    @Test
    void from_every_position_of_an_answer_somebody_can_go_on() {
        Client ana = house.client(transport, house.person("Ana"));
        List<Screen> moments = new ArrayList<>();
        ana.eachPosition(moment -> moments.add(new Screen(moment)));
        ana.join(room);
        ana.say("Before");
        String answer = ana.ask(tokens(40, 15));
        String other = ana.ask(tokens(40, 15));
        String text = ana.wholeAnswer(answer);
        String otherText = ana.wholeAnswer(other);
        String last = ana.say("After");

        List<Screen> seen = ana.see(shown -> List.copyOf(moments));
        assertTrue(seen.size() > 10, "too few moments to come back from: " + seen.size());
        for (Screen moment : seen) {
            Client again = house.client(transport, ana.person);
            JsonNode joined = again.joinWith(moment, room);
            assertTrue(joined.get("recovered").asBoolean(), moment.position);
            assertEquals(moment.position, joined.get("position").asText());
            again.awaitScreen("the end", shown -> shown.messages.containsKey(last));
            assertEquals(text, again.wholeAnswer(answer), moment.position);
            assertEquals(otherText, again.wholeAnswer(other), moment.position);
            again.close();
        }
    }

    @Test
    void who_is_cut_off_in_the_middle_of_an_answer_comes_back_to_all_of_it() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String answer = ana.ask(endless());
        for (int length = 50; length <= 300; length += 50) {
            int wanted = length;
            ben.awaitScreen(
                    "more", shown -> shown.answers.getOrDefault(answer, "").length() > wanted);
            ben.cut();
            String meanwhile = ana.say("Are you there?");
            ben.comeBack();
            ben.awaitScreen("what was said meanwhile", shown -> shown.messages.containsKey(meanwhile));
        }
        ana.tell("ai-stop", "answerId", answer);

        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));
        assertEquals(1, ben.snapshots(), "had to begin anew");
    }

    @Test
    void a_position_of_another_life_or_of_the_future_gives_everything_anew() {
        Client ana = come("Ana");
        String hello = ana.say("Hello");
        String here = ana.see(shown -> shown.position);
        String ahead = here.substring(0, here.lastIndexOf('-')) + "-1000000";
        for (String since : List.of(ahead, "zz9-1")) {
            Client ben = house.client(transport, house.person("Ben"));
            JsonNode joined = ben.join(room, since);
            assertFalse(joined.get("recovered").asBoolean(), since);
            assertEquals(hello, joined.at("/history/0/messageId").asText());
            String more = ana.say("More");
            ben.awaitScreen("what follows", shown -> shown.messages.containsKey(more));
        }
    }

    @Test
    void what_is_not_a_position_is_refused() {
        Client ana = house.client(transport, house.person("Ana"));
        for (String since : List.of("nonsense", "k3-", "-5", "k3--5", "K3-5", "k3-+5", "k3-05", "x".repeat(100))) {
            JsonNode refused = ana.join(room, since);
            assertEquals("bad-position", refused.path("code").asText(), since);
        }
    }

    @Test
    void everybody_reads_the_same_in_the_same_order() {
        List<Client> readers = new ArrayList<>();
        for (Transport by : Transport.ALL) {
            readers.add(come(by, "Reader"));
        }
        Client ana = come("Ana");
        Client ben = come("Ben");
        CompletableFuture<Void> talk = CompletableFuture.runAsync(() -> saySome(ana));
        saySome(ben);
        talk.join();
        String answer = ana.ask(tokens(5, 1));

        List<String> order = events(ana, answer);
        assertEquals(42, order.size());
        for (Client reader : readers) {
            assertEquals(order, events(reader, answer), reader.getClass().getSimpleName());
        }
    }

    private static void saySome(Client client) {
        for (int i = 0; i < 20; i++) {
            client.say(client.person.name() + " " + i);
        }
    }

    /** What came, in order, but for chunks: their division is each reader's own. */
    private static List<String> events(Client client, String last) {
        client.wholeAnswer(last);
        return client.frames(type("message").or(type("ai-start")).or(type("ai-end"))).stream()
                .map(frame -> frame.get("type").asText()
                        + frame.path("messageId").asText()
                        + frame.path("answerId").asText())
                .toList();
    }
}
