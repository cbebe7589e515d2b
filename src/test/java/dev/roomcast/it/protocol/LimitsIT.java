package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user has one allowance, however many tabs they open and whatever these speak. */
@ExtendWith(Deployed.class)
class LimitsIT extends Visit {

    // As IdentityProvider sets them.
    private static final int QUESTIONS = 10;
    private static final int CONNECTIONS = 12;
    private static final int NEW_ROOMS = 20;

    LimitsIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
    }

    @Test
    void three_tabs_and_two_transports_at_once_ask_no_more_than_one_would() {
        Person ana = house.person("Ana");
        List<Client> tabs = new ArrayList<>();
        for (Transport by :
                List.of(Transport.WEB_SOCKET, Transport.WEB_SOCKET, Transport.WEB_SOCKET, Transport.EVENT_STREAM)) {
            Client tab = house.client(by, ana);
            tab.join(room + "-" + tabs.size()); // a room for each, or these would be busy
            tabs.add(tab);
        }
        long before = System.nanoTime();
        List<List<String>> ids = tabs.parallelStream().map(tab -> asked(tab, 4)).toList();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < tabs.size(); i++) {
            for (String id : ids.get(i)) {
                answers.add(tabs.get(i).answerTo(id));
            }
        }
        long comeBack = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before) * QUESTIONS / 60;
        List<JsonNode> refused = answers.stream()
                .filter(answer -> answer.path("code").asText().equals("rate-limited"))
                .toList();
        int taken = answers.size() - refused.size();
        assertTrue(taken >= QUESTIONS && taken <= QUESTIONS + comeBack, taken + " were asked");
        refused.forEach(answer -> {
            assertTrue(answer.get("retryable").asBoolean());
            assertTrue(answer.get("retryAfterMs").asLong() > 0, answer::toString);
        });

        JsonNode me = House.json(house.send(house.request("api/me", ana).build()), 200);
        Schemas.check("http.json#/$defs/me", me);
        assertTrue(me.at("/left/questions/left").asInt() <= comeBack, me::toString);
        // What somebody needs to go on is never limited.
        Client tab = tabs.get(0);
        for (int i = 0; i < 30; i++) {
            assertEquals("pong", tab.answerTo(tab.tell("ping")).get("type").asText());
        }
        assertEquals(
                "joined",
                house.client(transport, house.person("Ben"))
                        .join(room)
                        .get("type")
                        .asText());
    }

    @Test
    void nobody_alone_takes_all_the_rooms_that_a_server_can_hold() {
        Person ana = house.person("Ana");
        Person watcher = house.person("Watcher");
        for (int i = 0; i < NEW_ROOMS; i++) {
            String looked = "api/rooms/" + room + "-" + i + "/usage"; // who opens it pays for that
            assertEquals(200, house.send(house.request(looked, watcher).build()).statusCode());
            assertEquals(202, say(ana, room + "-" + i).statusCode());
        }
        JsonNode refused = House.json(say(ana, room + "-new"), 429);
        assertEquals("rate-limited", refused.get("code").asText());
        assertTrue(refused.get("retryAfterMs").asLong() > 0, refused::toString);
        assertEquals(202, say(ana, room + "-0").statusCode(), "where somebody has spoken before");
        assertEquals(202, say(house.person("Ben"), room + "-new").statusCode());
        assertEquals(202, say(ana, room + "-new").statusCode());
    }

    private HttpResponse<String> say(Person person, String room) {
        return house.post(
                "api/rooms/" + room + "/commands", person, Client.command(House.unique(), "message", "content", "Hi"));
    }

    private static List<String> asked(Client tab, int times) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(tab.tell("ai-query", "prompt", tokens(1, 0)));
        }
        return ids;
    }

    @Test
    void who_says_too_much_at_once_is_refused_but_may_stop_an_answer_and_others_are_not_refused() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String asked = ana.ask(endless());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(ana.tell("message", "content", "Buy now!"));
            if (i % 10 == 9) {
                ana.answerTo(ids.get(i)); // or there would be more unread replies than she may have
            }
        }
        List<JsonNode> refused = ids.stream()
                .map(ana::answerTo)
                .filter(answer -> answer.path("code").asText().equals("rate-limited"))
                .toList();
        assertTrue(refused.size() > 0, "nothing was refused");
        for (int i = 0; i < 40; i++) { // more than she may say at once
            String none = ana.tell("ai-stop", "answerId", "none");
            assertEquals("no-such-answer", ana.answerTo(none).path("code").asText());
        }
        String stop = ana.tell("ai-stop", "answerId", asked);
        assertEquals(asked, ana.answerTo(stop).path("answerId").asText());
        ben.say("Hello");
    }

    @Test
    void who_polls_on_is_not_limited_but_who_begins_anew_with_each_poll_is() {
        Person ana = house.person("Ana");
        JsonNode first = House.json(poll(ana, ""), 200);
        String since = "&since=" + first.get("position").asText();
        for (int i = 0; i < 40; i++) {
            String session = "&session=" + first.get("session").asText();
            assertEquals(200, poll(ana, session + since).statusCode());
        }
        int status = 200;
        for (int i = 0; i < 200 && status == 200; i++) {
            status = poll(ana, since).statusCode();
        }
        assertEquals(429, status);
    }

    @Test
    void each_request_that_changes_a_room_or_lists_them_costs_what_saying_something_does() {
        Person ana = house.person("Ana");
        String secret = "api/rooms/"
                + House.encoded(House.json(house.post("api/rooms", ana, "{}"), 200)
                        .get("roomId")
                        .asText());
        List<Supplier<HttpResponse<String>>> requests = List.of(
                () -> send("GET", "api/rooms", ana, ""),
                () -> send("POST", "api/rooms", ana, "{}"),
                () -> send("PUT", secret + "/people/ben", ana, "{\"role\":\"reader\"}"),
                () -> send("DELETE", secret + "/people/ben", ana, ""),
                () -> send("PUT", secret + "/instructions", ana, "{\"instructions\":\"Rhyme.\"}"),
                () -> send("DELETE", secret + "/instructions", ana, ""));
        for (int i = 0; i < requests.size(); i++) {
            assertTrue(isLimited(requests.get(i)), "request " + i);
        }
        assertEquals(200, send("GET", "api/rooms", house.person("Ben"), "").statusCode());
    }

    /** Whether it is refused if it is done often, until there is more. */
    private static boolean isLimited(Supplier<HttpResponse<String>> request) {
        for (int i = 0; i < 200; i++) {
            HttpResponse<String> response = request.get();
            if (response.statusCode() == 429 && House.json(response, 429).has("retryAfterMs")) {
                return true;
            }
        }
        return false;
    }

    private HttpResponse<String> send(String method, String path, Person person, String body) {
        return house.send(house.request(path, person)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> poll(Person person, String more) {
        return house.send(house.request("api/rooms/" + room + "/events?wait=0" + more, person)
                .header("Accept", "application/json")
                .build());
    }

    @Test
    void nobody_has_more_connections_than_they_may_whatever_they_speak() throws IOException {
        Person ana = house.person("Ana");
        String bearer = "Authorization: Bearer " + ana.token();
        List<RawSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                RawSocket socket = new RawSocket(house.address());
                open.add(socket);
                assertEquals(101, socket.upgrade(house.socket(""), bearer));
            }
            try (RawSocket more = new RawSocket(house.address())) {
                // Some servers answer before they count, and close it then.
                int status = more.upgrade(house.socket(""), bearer);
                assertTrue(status == 429 || (status == 101 && more.awaitClose() == 4005), "status " + status);
            }
            HttpResponse<String> stream = house.send(house.request("api/rooms/" + room + "/events", ana)
                    .header("Accept", "text/event-stream")
                    .build());
            assertEquals("rate-limited", House.json(stream, 429).get("code").asText());
            assertTrue(stream.headers().firstValueAsLong("Retry-After").isPresent());
            try (RawSocket ben = new RawSocket(house.address())) {
                String his = "Authorization: Bearer "
                        + house.person("ben", Map.of(), 60).token();
                assertEquals(101, ben.upgrade(house.socket(""), his));
            }
            open.remove(0).close();
            Client tab = house.client(Transport.WEB_SOCKET, house.person("Watcher"));
            tab.join(room);
            tab.doUntil(() -> {}, "a free place", shown -> isFree(bearer));
        } finally {
            for (RawSocket socket : open) {
                socket.close();
            }
        }
    }

    private boolean isFree(String bearer) {
        try (RawSocket again = new RawSocket(house.address())) {
            return again.upgrade(house.socket(""), bearer) == 101;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
