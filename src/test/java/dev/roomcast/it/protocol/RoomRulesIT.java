package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.Deployed;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rooms with rules: who may be there, what they may do, and that losing a right is felt at once. */
@ExtendWith(Deployed.class)
class RoomRulesIT extends Visit {

    /** Answers in a room, as the configuration has it. */
    private static final int AT_ONCE = 4;

    private static final String REFUSAL = "There is no such room, or it is not for you.";

    RoomRulesIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
    }

    @Test
    void who_is_not_allowed_learns_nothing_not_even_that_the_room_exists() {
        Person ana = house.person("Ana");
        Person eve = house.person("Eve");
        String secret = create(ana);
        String never = "~" + "A".repeat(secret.length() - 1);
        assertEquals(
                "joined", house.client(transport, ana).join(secret).get("type").asText());
        List<TreeSet<String>> answers = new ArrayList<>();
        for (String name : List.of(secret, never)) {
            TreeSet<String> told = new TreeSet<>();
            for (Transport door : Transport.ALL) {
                told.add(
                        door == Transport.WEB_SOCKET
                                ? withoutId(house.client(door, eve).join(name))
                                : House.json(read(eve, name, door), 403).toString());
            }
            told.add(body(house.post(path(name, "/commands"), eve, command("c", "message", "content", "Hi"))));
            told.add(body(house.post(path(name, "/commands"), eve, "nonsense")));
            told.add(body(send("GET", path(name, ""), eve, "")));
            told.add(body(send("DELETE", path(name, ""), eve, "")));
            told.add(body(send("PUT", path(name, "/people/eve"), eve, "{\"role\":\"owner\"}")));
            told.add(body(send("PUT", path(name, "/people/eve"), eve, "nonsense")));
            told.add(body(send("DELETE", path(name, "/people/" + ana.userId()), eve, "")));
            told.add(body(send("GET", path(name, "/usage"), eve, "")));
            told.add(body(send("GET", path(name, "/instructions"), eve, "")));
            told.add(body(send("PUT", path(name, "/instructions"), eve, "nonsense")));
            told.add(body(send("DELETE", path(name, "/instructions"), eve, "")));
            answers.add(told);
        }
        assertEquals(1, answers.get(0).size(), "one answer to everything: " + answers.get(0));
        assertEquals(answers.get(1), answers.get(0));
        assertEquals(REFUSAL, House.json(answers.get(0).first()).get("message").asText());
    }

    @Test
    void an_owner_invites_changes_and_hands_over() {
        Person ana = house.person("Ana");
        Person ben = house.person("Ben");
        String secret = create(ana);
        assertEquals(204, give(ana, secret, ben, "reader"));
        for (Transport door : Transport.ALL) {
            Client reader = house.client(door, ben);
            assertEquals("reader", reader.join(secret).at("/you/role").asText());
            for (String id : List.of(
                    reader.tell("message", "content", "Hi"),
                    reader.tell("ai-query", "prompt", "Hi"),
                    reader.tell("remove", "messageId", "m1"))) {
                assertEquals("not-allowed", reader.answerTo(id).path("code").asText());
            }
        }
        assertEquals(204, give(ana, secret, ben, "member"));
        Client member = house.client(transport, ben);
        member.join(secret);
        member.say("Hi"); // from now on also on connections that were there before
        assertEquals(204, give(ana, secret, ben, "owner"));
        assertEquals(403, give(ana, secret, ana, "owner"));
        JsonNode room = House.json(send("GET", path(secret, ""), ben, ""), 200);
        Schemas.check("http.json#/$defs/roomAndPeople", room);
        assertEquals("owner", room.get("role").asText());
        JsonNode rooms = House.json(send("GET", "api/rooms", ana, ""), 200);
        Schemas.check("http.json#/$defs/rooms", rooms);
        assertEquals("moderator", rooms.at("/rooms/0/role").asText());
        assertEquals(secret, rooms.at("/rooms/0/roomId").asText());
    }

    @Test
    void who_is_removed_hears_no_more_in_the_middle_of_an_answer() {
        Person ana = house.person("Ana");
        Person ben = house.person("Ben");
        String secret = create(ana);
        give(ana, secret, ben, "member");
        Client owner = house.client(transport, ana);
        owner.join(secret);
        List<Client> his = new ArrayList<>();
        for (Transport door : List.of(Transport.WEB_SOCKET, Transport.EVENT_STREAM)) {
            Client client = house.client(door, ben);
            client.join(secret);
            his.add(client);
        }
        String answer = owner.ask(endless());
        for (Client client : his) {
            client.awaitScreen(
                    "some of it",
                    shown -> !shown.answers.getOrDefault(answer, "").isEmpty());
        }
        assertEquals(
                204,
                send("DELETE", path(secret, "/people/" + ben.userId()), ana, "").statusCode());
        int until = pieces(owner, answer);
        for (Client client : his) {
            client.awaitEnd();
            assertEquals(4500, client.closeCode());
            // The answer is the clock: it says a hundred in a second at the most.
            int more = pieces(client, answer) - until;
            assertTrue(more <= 5 * 100, () -> "he went on reading for more than 5 s, " + more + " pieces");
        }
        assertEquals(403, read(ben, secret, Transport.LONG_POLL).statusCode());
        int heard = owner.text(answer).length();
        owner.awaitScreen(
                "the answer to go on", shown -> shown.answers.get(answer).length() > heard);
        owner.answerTo(owner.tell("ai-stop", "answerId", answer));
    }

    @Test
    void what_somebody_asked_and_waits_is_taken_back_when_they_are_removed_or_become_a_reader() {
        Person ana = house.person("Ana");
        String secret = create(ana);
        Client owner = house.client(transport, ana);
        owner.join(secret);
        for (int i = 0; i < AT_ONCE; i++) {
            owner.ask(endless());
        }
        for (String role : List.of("none", "reader")) {
            Person ben = house.person("Ben");
            give(ana, secret, ben, "member");
            Client his = house.client(transport, ben);
            his.join(secret);
            String waits = his.ask(tokens(1, 0));
            owner.awaitScreen("his question", shown -> shown.waiting.contains(waits));
            assertEquals(
                    204,
                    role.equals("none")
                            ? send("DELETE", path(secret, "/people/" + ben.userId()), ana, "")
                                    .statusCode()
                            : give(ana, secret, ben, role));
            JsonNode end = owner.await(
                    "its end",
                    frame -> frame.path("type").asText().equals("ai-end")
                            && frame.path("answerId").asText().equals(waits));
            assertEquals("cancelled", end.get("status").asText());
            assertEquals(ana.userId(), end.get("by").asText());
        }
        send("DELETE", path(secret, ""), ana, "");
    }

    private static int pieces(Client client, String answer) {
        return client.text(answer).split(" ").length;
    }

    @Test
    void who_may_do_less_or_more_than_before_is_told_within_seconds_and_may_do_that() {
        Person ana = house.person("Ana");
        Person ben = house.person("Ben");
        String secret = create(ana);
        give(ana, secret, ben, "member");
        List<Client> his = new ArrayList<>();
        for (Transport door : Transport.ALL) {
            Client client = house.client(door, ben);
            assertEquals("member", client.join(secret).at("/you/role").asText());
            his.add(client);
        }
        for (String role : List.of("reader", "moderator")) {
            assertEquals(204, give(ana, secret, ben, role));
            for (Client client : his) {
                JsonNode you = client.await(
                        "to be told", frame -> frame.path("role").asText().equals(role));
                assertEquals("you", you.get("type").asText());
                assertEquals(ben.userId(), you.get("userId").asText());
                String said = client.tell("message", "content", "As a " + role);
                boolean refused = client.answerTo(said).path("type").asText().equals("error");
                assertEquals(role.equals("reader"), refused);
            }
        }
        for (Client client : his) {
            assertEquals(1, client.snapshots(), "nobody had to begin anew");
        }
    }

    @Test
    void a_room_that_is_closed_is_nobodys_any_more() {
        Person ana = house.person("Ana");
        String secret = create(ana);
        Client client = house.client(transport, ana);
        client.join(secret);
        assertEquals(204, send("DELETE", path(secret, ""), ana, "").statusCode());
        client.awaitEnd();
        assertEquals(4500, client.closeCode());
        assertEquals(
                REFUSAL,
                house.client(transport, ana).join(secret).get("message").asText());
    }

    @Test
    void a_moderator_stops_any_answer_and_removes_what_was_said() {
        Client ana = come("Ana");
        Client mo = come(transport, person("Mo", "mods"));
        Client reader = come(transport, person("Rea", "readers"));
        String spam = ana.say("Buy now!");
        String tea = ana.say("Tea?");
        String answer = ana.ask(endless());
        mo.awaitScreen(
                "some of it", shown -> !shown.answers.getOrDefault(answer, "").isEmpty());
        String stop = mo.tell("ai-stop", "answerId", answer);
        assertEquals(answer, mo.answerTo(stop).get("answerId").asText());
        mo.awaitScreen("the end", shown -> shown.endings.containsKey(answer));
        String no = ana.tell("remove", "messageId", spam);
        assertEquals("not-allowed", ana.answerTo(no).path("code").asText());
        for (String id : List.of(mo.tell("remove", "messageId", spam), mo.tell("remove", "answerId", answer))) {
            assertEquals("removed", mo.answerTo(id).get("type").asText());
        }
        for (Client client : List.of(ana, reader)) {
            client.awaitScreen(
                    "it to vanish",
                    shown -> !shown.messages.containsKey(spam)
                            && !shown.answers.containsKey(answer)
                            && shown.messages.containsKey(tea));
        }
        JsonNode late = house.client(transport, house.person("Late")).join(room);
        assertFalse(late.toString().contains("Buy now!"), late::toString);
        assertEquals(1, late.get("history").size());
    }

    @Test
    void a_moderator_removes_people_from_an_open_room_and_lets_them_in_again() {
        Client ben = come("Ben");
        Person mo = person("Mo", "mods");
        String place = path(room, "/people/" + ben.person.userId());
        assertEquals(403, send("DELETE", place, house.person("Ana"), "").statusCode());
        assertEquals(204, send("DELETE", place, mo, "").statusCode());
        ben.awaitEnd();
        assertEquals(4500, ben.closeCode());
        assertEquals(403, read(ben.person, room, Transport.LONG_POLL).statusCode());
        assertEquals(204, send("PUT", place, mo, "{\"role\":\"member\"}").statusCode());
        assertEquals(
                "joined",
                house.client(transport, ben.person).join(room).get("type").asText());
    }

    @Test
    void a_declared_room_is_for_the_groups_it_names() {
        assertEquals(
                "member",
                house.client(transport, person("Ana", "staff"))
                        .join("~board")
                        .at("/you/role")
                        .asText());
        assertEquals(
                REFUSAL,
                house.client(transport, house.person("Eve"))
                        .join("~board")
                        .get("message")
                        .asText());
    }

    private Person person(String name, String group) {
        return house.person(name + "-" + House.unique(), Map.of("groups", List.of(group)), 600);
    }

    private String create(Person owner) {
        JsonNode created = House.json(house.post("api/rooms", owner, "{\"title\":\"Budget\"}"), 200);
        Schemas.check("http.json#/$defs/room", created);
        return created.get("roomId").asText();
    }

    private int give(Person by, String to, Person whom, String role) {
        return send("PUT", path(to, "/people/" + whom.userId()), by, "{\"role\":\"" + role + "\"}")
                .statusCode();
    }

    private HttpResponse<String> read(Person person, String name, Transport by) {
        return house.send(house.request(path(name, "/events?wait=0"), person)
                .header("Accept", by == Transport.LONG_POLL ? "application/json" : "text/event-stream")
                .build());
    }

    private HttpResponse<String> send(String method, String path, Person person, String body) {
        return house.send(house.request(path, person)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private static String path(String name, String more) {
        return "api/rooms/" + House.encoded(name) + more;
    }

    private static String body(HttpResponse<String> refused) {
        return House.json(refused, 403).toString();
    }

    private static String withoutId(JsonNode error) {
        ((com.fasterxml.jackson.databind.node.ObjectNode) error).remove("re");
        assertTrue(error.has("code"), error::toString);
        return error.toString();
    }
}
