package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.model.ScriptedProvider;
import dev.roomcast.model.ScriptedProvider.Call;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the provider of a deployed server's model is told, and when it is hung up on. */
@ExtendWith(Deployed.class)
class ScriptedModelIT extends Visit {

    private final ScriptedProvider provider;

    ScriptedModelIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        provider = server.model();
    }

    @Test
    void a_rooms_instructions_reach_the_provider_as_the_systems_words_and_are_its_owners_to_change() throws Exception {
        provider.always(ScriptedModelIT::word);
        Person ana = house.person("Ana");
        Person ben = house.person("Ben");
        Person eve = house.person("Eve");
        String secret = House.json(house.post("api/rooms", ana, "{}"), 200)
                .get("roomId")
                .asText();
        String path = "api/rooms/" + House.encoded(secret) + "/";
        assertEquals(204, status("PUT", path + "people/" + ben.userId(), ana, "{\"role\":\"moderator\"}"));
        String rhymes = "{\"instructions\":\"Answer in rhymes.\"}";
        for (Person other : new Person[] {ben, eve}) {
            assertEquals(403, status("PUT", path + "instructions", other, rhymes));
            assertEquals(403, status("DELETE", path + "instructions", other, ""));
        }
        String tooLong = "{\"instructions\":\"" + "x".repeat(8_001) + "\"}";
        assertEquals(413, status("PUT", path + "instructions", ana, tooLong));
        assertEquals(204, status("PUT", path + "instructions", ana, rhymes));
        assertEquals(403, status("GET", path + "instructions", eve, ""));
        assertEquals(200, status("GET", path + "instructions", ben, ""));

        JsonNode told = told(secret, ben, "What is the system's message?");
        assertTrue(system(told).contains("Answer in rhymes."), told::toString);
        assertEquals("What is the system's message?", question(told));
        assertEquals(1, count(told, "Answer in rhymes."), "nowhere else");
        assertFalse(system(told(room, ben, "And here?")).contains("rhymes"), "nor in another room");

        assertEquals(204, status("DELETE", path + "instructions", ana, ""));
        assertFalse(system(told(secret, ben, "And now?")).contains("rhymes"));
    }

    @Test
    void what_people_said_reaches_the_provider_with_who_they_are_and_the_question_last_and_unchanged()
            throws Exception {
        provider.always(ScriptedModelIT::word);
        Client ben = come("Ben");
        ben.say("Tea at five?");
        JsonNode told = told(room, house.person("Ana"), "  When is it?\n");
        JsonNode said = talk(told)
                .lines()
                .filter(line -> line.contains("Tea at five?"))
                .map(House::json)
                .findFirst()
                .orElseThrow();
        assertEquals(ben.person.userId(), said.get("user").asText());
        assertEquals(ben.person.name(), said.get("name").asText());
        assertEquals("  When is it?\n", question(told));
    }

    @Test
    void a_stopped_answers_provider_is_hung_up_on_by_whatever_way_it_was_stopped() throws Exception {
        for (Transport by : Transport.ALL) {
            assertHungUp(by, ScriptedModelIT::flow);
            assertHungUp(by, Call::stream);
            assertHungUp(by, call -> {}); // not even headers
        }
    }

    @Test
    void the_key_of_a_provider_that_prints_it_is_not_shown() throws Exception {
        provider.always(call -> call.reply(401, "", "{\"error\":\"" + IdentityProvider.SCRIPTED_KEY + "\"}"));
        Client ana = come("Ana");
        String answer = ask(ana, "Who are you?");
        JsonNode end = ana.end(answer);
        assertEquals("model-unauthorized", end.get("code").asText());
        assertFalse(end.get("retryable").asBoolean());
        assertEquals(0, ana.count(frame -> frame.toString().contains(IdentityProvider.SCRIPTED_KEY)));
    }

    @Test
    void when_to_ask_again_is_told_as_the_provider_wishes_and_the_next_question_works() throws Exception {
        provider.always(call -> call.reply(429, "Retry-After: 600\r\n", "{}"));
        Client ana = come("Ana");
        Client ben = come(Transport.LONG_POLL, "Ben");
        String answer = ask(ana, "Tea?");
        for (Client each : new Client[] {ana, ben}) {
            JsonNode end = each.end(answer);
            assertEquals("model-busy", end.get("code").asText());
            assertTrue(end.get("retryable").asBoolean());
            assertEquals(600_000, end.get("retryAfterMs").asInt());
        }
        JsonNode joined = house.client(transport, house.person("Late")).join(room);
        assertTrue(joined.at("/history/0/retryable").asBoolean());
        assertTrue(joined.at("/history/0/retryAfterMs").isMissingNode());

        provider.always(ScriptedModelIT::word);
        assertEquals("word", ben.wholeAnswer(ask(ana, "And now?")));
    }

    private void assertHungUp(Transport by, ScriptedProvider.Script beginning) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        provider.always(call -> {
            beginning.play(call);
            asked.countDown();
            call.awaitEnd(gone);
        });
        Client client = come(by, "Ana");
        String answer = ask(client, "Tell me everything.");
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        client.tell("ai-stop", "answerId", answer);
        assertEquals("cancelled", client.end(answer).get("status").asText());
        // The provider of a silent model hears of it as well: far sooner than its silence would have ended by itself.
        assertTrue(gone.await(2, TimeUnit.SECONDS), by + " did not reach the provider");
    }

    private static void flow(Call call) throws IOException {
        call.stream();
        call.token("flows");
    }

    private static void word(Call call) throws IOException {
        call.stream();
        call.token("word");
        call.finish();
        call.done();
        call.end();
    }

    /** What the provider was asked when this person asked this in that room. */
    private JsonNode told(String where, Person person, String prompt) {
        Client client = house.client(transport, person);
        client.join(where);
        int before = provider.requests().size();
        assertEquals("word", client.wholeAnswer(ask(client, prompt)));
        assertEquals(before + 1, provider.requests().size());
        String request = provider.requests().get(before);
        return House.json(request.substring(request.indexOf("\r\n\r\n") + 4));
    }

    private static String system(JsonNode told) {
        assertEquals("system", told.at("/messages/0/role").asText());
        return told.at("/messages/0/content").asText();
    }

    /** All that users say: lines of JSON, of which the last says who asks, and the question. */
    private static String talk(JsonNode told) {
        assertEquals(2, told.get("messages").size(), told::toString);
        assertEquals("user", told.at("/messages/1/role").asText());
        return told.at("/messages/1/content").asText();
    }

    private static String question(JsonNode told) {
        String talk = talk(told);
        return talk.substring(talk.indexOf('\n', talk.indexOf("\n{\"asks\":") + 1) + 1);
    }

    private static long count(JsonNode told, String words) {
        return StreamSupport.stream(told.get("messages").spliterator(), false)
                .filter(message -> message.get("content").asText().contains(words))
                .count();
    }

    private static String ask(Client client, String prompt) {
        return client.answerTo(client.tell("ai-query", "prompt", prompt, "model", "scripted"))
                .get("answerId")
                .asText();
    }

    private int status(String method, String path, Person person, String body) {
        return house.send(house.request(path, person)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }
}
