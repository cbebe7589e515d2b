package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Screen;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.it.RoomcastProcess;
import dev.roomcast.redis.RedisServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real servers and a real Redis, one of which dies, sleeps, or loses its memory. */
@Tag("runnable")
@ExtendWith(SharedNodes.OnOneRedis.class)
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

    private static SharedNodes nodes;
    private static RoomcastProcess first;
    private static RoomcastProcess second;

    private final String room = "room-" + House.unique();
    private House firstHouse;
    private House secondHouse;

    @BeforeAll
    static void start(SharedNodes shared) throws Exception {
        nodes = shared;
        List<RoomcastProcess> running = nodes.alone(0, 2);
        first = running.get(0);
        second = running.get(1);
    }

    @BeforeEach
    void enter() {
        firstHouse = new House(first.address(), IdentityProvider.running());
        secondHouse = new House(second.address(), IdentityProvider.running());
    }

    @AfterEach
    void leave() {
        firstHouse.close();
        secondHouse.close();
    }

    @Test
    @Order(1)
    void people_on_two_nodes_are_in_one_room_and_any_of_the_nodes_stops_an_answer() {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        String hello = ana.say("Hello");
        ben.awaitScreen("what Ana said", shown -> shown.messages.containsKey(hello));
        String answer = ben.ask(tokens(30, 5));
        assertEquals(ben.wholeAnswer(answer), ana.wholeAnswer(answer));
        assertTrue(ana.text(answer).startsWith("t0 t1"));

        // Asked on one, and stopped by its asker from a connection to the other.
        String endless = ana.ask(tokens(20_000, 20));
        ben.awaitScreen(
                "the first words",
                shown -> !shown.answers.getOrDefault(endless, "").isEmpty());
        Client elsewhere = secondHouse.client(Transport.WEB_SOCKET, ana.person);
        elsewhere.join(room);
        elsewhere.tell("ai-stop", "answerId", endless);
        ana.awaitScreen("its end", shown -> "cancelled".equals(shown.endings.get(endless)));
        ben.awaitScreen("its end", shown -> "cancelled".equals(shown.endings.get(endless)));

        Client late = come(secondHouse, "Late");
        assertEquals(ana.text(answer), late.text(answer));
    }

    /** So that an answer is as fast as its model, though Redis takes forty pieces of it a second. */
    @Test
    @Order(1)
    void what_a_model_says_while_redis_takes_a_piece_goes_along_with_the_next_one() {
        Client ana = come(firstHouse, "Ana");
        long before = seq(position(ana));
        String answer = ana.ask(tokens(400, 1));
        ana.wholeAnswer(answer);
        long events = seq(position(ana)) - before;
        assertTrue(events < 200, "400 tokens were " + events + " events");
    }

    @Test
    @Order(1)
    void an_answer_whose_model_breaks_off_is_asked_again_once_and_everybody_sees_where() {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        String answer = ana.ask("[[demo tokens=20 gap=5ms numbered fault=cut at=5 times=1]]");
        String text = ana.wholeAnswer(answer);
        String seam = text.replaceAll("t[0-9]+ ?", "");
        assertTrue(seam.contains("The question was asked again"), text);
        int begins = text.indexOf("t0 t1 t2 t3");
        assertTrue(begins == 0 && text.lastIndexOf("t0 t1 t2 t3") > begins && text.endsWith(" t19"), text);
        assertEquals(text, ben.wholeAnswer(answer));

        String broken = ana.ask("[[demo tokens=20 gap=5ms numbered fault=cut at=5 times=2]]");
        JsonNode end = ben.end(broken);
        assertEquals("failed", end.get("status").asText());
        assertEquals("model-cut", end.get("code").asText());
    }

    @Test
    @Order(2)
    void a_node_that_sleeps_longer_than_its_lease_has_lost_its_answers_and_hears_so() {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        String answer = ana.ask(tokens(20_000, 20));
        ben.awaitScreen(
                "the first words",
                shown -> !shown.answers.getOrDefault(answer, "").isEmpty());
        first.pause();
        try {
            ben.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(answer)));
        } finally {
            first.goOn();
        }
        String end = ben.text(answer);
        ben.say("Is anybody there?");
        ana.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(answer)));
        assertEquals(end, ana.text(answer), "nothing was written after the end");
        stopWhatWasAskedAgain(ana, ben, answer);
        assertTrue(ana.wholeAnswer(ana.ask(tokens(20, 1))).startsWith("t0 t1"), "it serves on");
    }

    /** @param silently nobody is told that the connections are broken */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Order(3)
    void a_node_that_is_cut_off_says_so_takes_nothing_and_hangs_up_and_another_ends_what_it_wrote(boolean silently)
            throws InterruptedException {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        String question = ana.tell("ai-query", "prompt", "Why?", "model", "endless");
        String answer = ana.answerTo(question).get("answerId").asText();
        ben.awaitScreen(
                "the first words",
                shown -> !shown.answers.getOrDefault(answer, "").isEmpty());
        if (silently) {
            nodes.cables().get(0).hush();
        } else {
            nodes.cables().get(0).cut();
        }
        try {
            ana.await("a word of it", frame -> isStatus(frame, "degraded"));
            for (String command : List.of(
                    ana.tell("ai-query", "prompt", "Is anybody there?"), ana.tell("message", "content", "Hello?"))) {
                assertEquals("unavailable", ana.answerTo(command).path("code").asText());
            }
            ben.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(answer)));
            assertTrue(nodes.model().isHungUpOn(House.PATIENCE.toSeconds()), "the provider goes on for nobody");
            assertEquals(0, ben.count(frame -> isStatus(frame, "degraded")), "the other is well");
        } finally {
            nodes.cables().get(0).mend();
        }
        String meanwhile = ben.say("Ana?");
        ana.await("a word of it", frame -> isStatus(frame, "ok"));
        ana.awaitScreen(
                "what she missed", shown -> shown.endings.containsKey(answer) && shown.messages.containsKey(meanwhile));
        String after = ana.say("Here.");
        ben.awaitScreen("what Ana said", shown -> shown.messages.containsKey(after));
        assertEquals(ben.text(answer), ana.text(answer));
        stopWhatWasAskedAgain(ana, ben, answer);
        Map<String, String> said = ben.see(shown -> Map.copyOf(shown.messages));
        assertEquals(said, ana.see(shown -> Map.copyOf(shown.messages)));
        assertEquals(1, ana.snapshots(), "it is the same log, and nothing was shown that is not in it");
    }

    @Test
    @Order(4)
    void a_redis_that_lost_its_memory_is_told_as_a_new_beginning_and_people_talk_on() {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        ana.say("before");
        String position = position(ana);
        RedisServer redis = nodes.redis().get(0);
        redis.kill();
        redis.forget();
        ana.await("a word of it", frame -> isStatus(frame, "degraded"));
        ben.await("a word of it", frame -> isStatus(frame, "degraded"));
        String lost = ana.tell("ai-query", "prompt", "Is anybody there?");
        assertEquals("unavailable", ana.answerTo(lost).path("code").asText());
        redis.again();
        ana.await("a word of it", frame -> isStatus(frame, "ok"));
        ben.await("a word of it", frame -> isStatus(frame, "ok"));
        ana.awaitScreen("a new beginning", shown -> !epoch(shown.position).equals(epoch(position)));
        ben.awaitScreen("a new beginning", shown -> !epoch(shown.position).equals(epoch(position)));
        String after = ana.say("after");
        ben.awaitScreen("what Ana said", shown -> shown.messages.containsKey(after));
        assertEquals(epoch(position(ana)), epoch(ben.see(shown -> shown.position)));
    }

    @Test
    @Order(5)
    void a_node_that_dies_loses_nothing_that_was_seen_and_its_answers_end_on_another() {
        Client ana = come(firstHouse, "Ana");
        Client ben = come(secondHouse, "Ben");
        String answer = ana.ask(tokens(20_000, 20));
        ana.awaitScreen("some words", shown -> shown.answers.get(answer).length() > 100);
        String message = ana.say("Hold on");
        long held = SharedNodes.TOKENS - tokensLeft(ana);
        first.kill();
        Screen seen = ana.see(Screen::new);
        Client back = secondHouse.client(Transport.WEB_SOCKET, ana.person);
        JsonNode joined = back.joinWith(seen, room);
        assertTrue(joined.get("recovered").asBoolean(), "nothing is missing");
        ben.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(answer)));
        back.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(answer)));
        assertTrue(back.text(answer).startsWith(seen.answers.get(answer)), "what was seen is still there");
        assertEquals(ben.text(answer), back.text(answer));
        assertNotEquals(null, back.message(message));
        stopWhatWasAskedAgain(back, ben, answer);
        assertTrue(back.wholeAnswer(back.ask(tokens(30, 0))).startsWith("t0 t1"));
        awaitSpentLessThan(held / 2, ana);
    }

    /** What the dead node held for its answer is given back by whoever ended it. */
    private void awaitSpentLessThan(long tokens, Client client) {
        long deadline = System.nanoTime() + House.PATIENCE.toNanos();
        while (SharedNodes.TOKENS - tokensLeft(client) >= tokens) {
            assertTrue(System.nanoTime() < deadline, "they are gone");
        }
    }

    private long tokensLeft(Client client) {
        JsonNode me = House.json(
                secondHouse.send(secondHouse.request("api/me", client.person).build()), 200);
        return me.at("/left/tokens/left").asLong();
    }

    private Client come(House house, String name) {
        Client client = house.client(Transport.WEB_SOCKET, house.person(name));
        client.join(room);
        return client;
    }

    /** On the node that took over, as the same question of hers, whose seam is seen. */
    private static void stopWhatWasAskedAgain(Client ana, Client ben, String left) {
        JsonNode start = ben.await(
                "a new answer", frame -> frame.path("regenerates").asText().equals(left));
        assertEquals(ana.person.userId(), start.get("userId").asText());
        String again = start.get("answerId").asText();
        ben.awaitScreen(
                "its first words",
                shown -> !shown.answers.getOrDefault(again, "").isEmpty());
        ana.tell("ai-stop", "answerId", again);
        ana.awaitScreen("its end", shown -> "cancelled".equals(shown.endings.get(again)));
    }

    private static String tokens(int many, int gapMillis) {
        return "[[demo tokens=" + many + " gap=" + gapMillis + "ms numbered]]";
    }

    private static boolean isStatus(JsonNode frame, String state) {
        return frame.path("type").asText().equals("status")
                && frame.path("state").asText().equals(state);
    }

    private static String position(Client client) {
        return client.see(shown -> shown.position);
    }

    private static long seq(String position) {
        return Long.parseLong(position.substring(position.indexOf('-') + 1));
    }

    private static String epoch(String position) {
        return position.substring(0, position.indexOf('-'));
    }
}
