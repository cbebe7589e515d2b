package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.command;
import static dev.roomcast.it.protocol.Client.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.member.Tickets;
import dev.roomcast.member.TokenMaker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose token opens which door, with a real identity provider. */
@ExtendWith(Deployed.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenDoorIT extends Visit {

    /** Answers of servers to a header or an address that is too large for them, before this application sees it. */
    private static final Set<Integer> TOO_LARGE = Set.of(-1, 400, 413, 414, 431);

    /** One for each door that takes them, asked for before everything else. */
    private static final List<String> EARLY_TICKETS = new ArrayList<>();

    private static long asked;

    private final IdentityProvider provider;

    TokenDoorIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        this.provider = server.provider();
    }

    @BeforeAll
    static void askForTickets(Deployed.WithTokens server) {
        House house = new House(server.address(), server.provider());
        Person ana = house.person("Ana");
        for (int i = 0; i < 4; i++) {
            EARLY_TICKETS.add(house.ticket(ana));
        }
        asked = System.nanoTime();
    }

    @Test
    void a_good_token_opens_every_door() throws IOException {
        Person ana = house.person("Ana");
        assertEquals(101, upgrade("", "Authorization: Bearer " + ana.token()));
        assertEquals(101, upgrade("?ticket=" + house.ticket(ana)));
        for (Transport door : Transport.ALL) {
            Client client = come(door, ana);
            String said = client.say("Hello");
            client.awaitScreen("what was said", shown -> shown.messages.containsKey(said));
            JsonNode you = client.await("to be let in", type("joined")).get("you");
            assertEquals(ana.userId(), you.get("userId").asText());
        }
    }

    @Test
    void a_hostile_token_opens_none_and_nothing_happens_behind_it() throws IOException {
        Client ana = come("Ana");
        List<String> opened = new ArrayList<>();
        for (TokenMaker.Hostile hostile : provider.maker().hostile(ana.person.userId())) {
            doors(hostile.token()).forEach((door, status) -> {
                boolean large = hostile.token().length() > 8_000 && TOO_LARGE.contains(status);
                if (status != 401 && !large) {
                    opened.add(door + " to " + hostile + ": " + status);
                }
            });
            String refresh = ana.tell("refresh", "token", hostile.token());
            assertEquals("unauthorized", ana.answerTo(refresh).path("code").asText(), hostile::what);
        }
        assertEquals(List.of(), opened);
        nobodyWasHere(ana);
    }

    /** The status with which each door answers to this token. */
    private Map<String, Integer> doors(String token) throws IOException {
        Person nobody = new Person("nobody", "nobody", token);
        Map<String, Integer> doors = new LinkedHashMap<>();
        doors.put("the upgrade by header", upgrade("", "Authorization: Bearer " + token));
        doors.put("the upgrade by ticket", upgrade("?ticket=" + House.encoded(token)));
        doors.put("tickets", house.post("api/tickets", nobody, "").statusCode());
        doors.put("the event stream", read(nobody, "text/event-stream").statusCode());
        doors.put("the long-poll", read(nobody, "application/json").statusCode());
        doors.put(
                "commands",
                house.post("api/rooms/" + room + "/commands", nobody, command("c", "message", "content", "I was here."))
                        .statusCode());
        doors.put(
                "rooms", house.send(house.request("api/rooms", nobody).build()).statusCode());
        doors.put("a new room", house.post("api/rooms", nobody, "{}").statusCode());
        return doors;
    }

    @Test
    void nobody_comes_in_without_a_token() throws IOException {
        assertEquals(401, upgrade(""));
        assertEquals(401, upgrade("", "Authorization: Basic YW5hOmFuYQ=="));
        assertEquals(401, house.post("api/tickets", null, "").statusCode());
        assertEquals(401, read(null, "text/event-stream").statusCode());
        assertEquals(401, read(null, "application/json").statusCode());
        assertEquals(
                404, house.post("api/dev/token", null, "{\"name\":\"Ana\"}").statusCode());
    }

    @Test
    void who_comes_without_a_token_is_not_told_what_else_is_wrong() {
        assertEquals(401, events(null, "no%20room/events", "text/event-stream"));
        assertEquals(401, events(null, "no%20room/events", "application/json"));
        assertEquals(401, events(null, room + "/events?since=nonsense", "text/event-stream"));
        assertEquals(401, events(null, room + "/events?since=nonsense", "application/json"));
        HttpResponse<String> removed = house.send(
                house.request("api/rooms/no%20room/instructions", null).DELETE().build());
        assertEquals(401, removed.statusCode());
        assertEquals(400, events(house.person("Ana"), "no%20room/events", "application/json"));
    }

    private int events(Person person, String path, String accept) {
        return house.send(house.request("api/rooms/" + path, person)
                        .header("Accept", accept)
                        .build())
                .statusCode();
    }

    @Test
    void a_megabyte_of_token_opens_no_door_and_nothing_happens_behind_it() throws IOException {
        Client ana = come("Ana");
        String token = "x".repeat(1 << 20);
        String bearer = "Authorization: Bearer " + token + "\r\n";
        String events = "api/rooms/" + room + "/events";
        String said = command("c", "message", "content", "I was here.");
        Map<String, Integer> doors = new LinkedHashMap<>();
        doors.put("the upgrade by header", upgrade("", "Authorization: Bearer " + token));
        doors.put("the upgrade by ticket", upgrade("?ticket=" + token));
        doors.put("tickets", request("POST", "api/tickets", bearer, ""));
        doors.put("the event stream", request("GET", events, bearer + "Accept: text/event-stream\r\n", ""));
        doors.put("the event stream by ticket", request("GET", events + "?ticket=" + token, "", ""));
        doors.put("the long-poll", request("GET", events, bearer + "Accept: application/json\r\n", ""));
        doors.put("commands", request("POST", "api/rooms/" + room + "/commands", bearer, said));
        doors.put("rooms", request("GET", "api/rooms", bearer, ""));
        doors.put("a new room", request("POST", "api/rooms", bearer, "{}"));
        doors.forEach((door, status) ->
                assertTrue(status == 401 || TOO_LARGE.contains(status), () -> door + ": status " + status));
        nobodyWasHere(ana);
    }

    private int request(String method, String path, String headers, String body) throws IOException {
        try (RawSocket raw = new RawSocket(house.address())) {
            return raw.request(method + " " + house.address().getPath() + path + " HTTP/1.1\r\nHost: "
                    + house.address().getAuthority() + "\r\nContent-Length: " + body.length() + "\r\n" + headers
                    + "\r\n"
                    + body);
        }
    }

    /** She has been alone in the room, and what she says is the first that is said. */
    private static void nobodyWasHere(Client ana) {
        ana.say("That was it.");
        assertEquals(1, ana.count(type("message")));
        assertEquals(1, ana.await("to be let in", type("joined")).get("count").asInt());
        assertEquals(0, ana.count(frame -> frame.path("count").asInt() > 1), "somebody else was here");
    }

    @Test
    void a_ticket_is_of_whoever_asked_for_it_whatever_else_is_said() {
        Person ana = house.person("Ana");
        Client client = house.client(Transport.WEB_SOCKET, ana);
        JsonNode you = client.join(room).get("you"); // by a ticket
        assertEquals(ana.userId(), you.get("userId").asText());
        HttpResponse<String> response =
                house.send(house.request("api/rooms/" + room + "/events?wait=0&ticket=" + house.ticket(ana), null)
                        .header("Accept", "application/json")
                        .build());
        assertEquals(
                ana.userId(),
                House.json(response, 200).at("/events/0/you/userId").asText());
    }

    /** Last, when most of them have gone by. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_ticket_opens_no_door_after_its_thirty_seconds() throws Exception {
        TimeUnit.NANOSECONDS.sleep(asked + Tickets.LIFETIME.toNanos() - System.nanoTime());
        String events = "api/rooms/" + room + "/events?wait=0&ticket=";
        assertEquals(401, upgrade("?ticket=" + EARLY_TICKETS.get(0)));
        assertEquals(401, request("GET", events + EARLY_TICKETS.get(1), "Accept: text/event-stream\r\n", ""));
        assertEquals(401, request("GET", events + EARLY_TICKETS.get(2), "Accept: application/json\r\n", ""));
        String said = command("c", "message", "content", "I was here.");
        String commands = "api/rooms/" + room + "/commands?ticket=" + EARLY_TICKETS.get(3);
        assertEquals(401, request("POST", commands, "Content-Type: application/json\r\n", said));
    }

    @Test
    void pages_of_other_sites_get_no_socket_unless_they_are_allowed() throws IOException {
        String bearer = "Authorization: Bearer " + house.person("Ana").token();
        assertEquals(101, upgrade("", bearer, "Origin: https://portal.example.com"));
        for (String origin : List.of(
                "http://portal.example.com",
                "https://portal.example.com:444",
                "https://portal.example.com.evil.example",
                "https://evil.example",
                "null")) {
            assertEquals(403, upgrade("", bearer, "Origin: " + origin), origin);
        }
    }

    @Test
    void a_socket_ends_with_its_token_also_when_it_came_with_a_ticket() throws IOException {
        Person ana = house.person("ana-" + House.unique(), Map.of(), 3);
        try (RawSocket byTicket = new RawSocket(house.address());
                RawSocket byHeader = new RawSocket(house.address())) {
            assertEquals(101, byTicket.upgrade(house.socket("?ticket=" + house.ticket(ana))));
            assertEquals(101, byHeader.upgrade(house.socket(""), "Authorization: Bearer " + ana.token()));
            assertEquals(4010, byTicket.awaitClose());
            assertEquals(4010, byHeader.awaitClose());
        }
    }

    @Test
    void a_stream_and_a_poll_end_with_their_token_too() {
        Person ana = house.person("ana-" + House.unique(), Map.of(), 3);
        Client stream = come(Transport.EVENT_STREAM, ana);
        HttpResponse<String> first = read(ana, "application/json");
        String session = House.json(first, 200).get("session").asText();
        String position = House.json(first.body()).get("position").asText();
        HttpResponse<String> poll = pollOn(ana, session, position);
        while (poll.statusCode() == 200 && !House.json(poll.body()).has("close")) {
            position = House.json(poll.body()).get("position").asText(); // presence came, or a message
            poll = pollOn(ana, session, position);
        }
        if (poll.statusCode() == 200) {
            JsonNode answer = House.json(poll.body());
            Schemas.check("http.json#/$defs/poll", answer);
            assertEquals(4010, answer.at("/close/code").asInt());
        } else {
            assertEquals(401, poll.statusCode());
        }
        stream.awaitEnd();
        assertEquals(4010, stream.closeCode());
    }

    @Test
    void a_new_token_in_time_keeps_a_socket_and_a_stream_open() throws IOException {
        String userId = "ana-" + House.unique();
        Person ana = house.person(userId, Map.of(), 4);
        Person later = house.person(userId, Map.of(), 600);
        Client socket = come(Transport.WEB_SOCKET, ana);
        Client stream = come(Transport.EVENT_STREAM, ana);
        for (Client client : List.of(socket, stream)) {
            String id = client.tell("refresh", "token", later.token());
            assertEquals("reply", client.answerTo(id).get("type").asText());
        }
        try (RawSocket notRenewed = new RawSocket(house.address())) {
            assertEquals(101, notRenewed.upgrade(house.socket(""), "Authorization: Bearer " + ana.token()));
            assertEquals(4010, notRenewed.awaitClose());
        }
        String said = come(Transport.WEB_SOCKET, later).say("Still here?");
        for (Client client : List.of(socket, stream)) {
            client.awaitScreen("what was said", shown -> shown.messages.containsKey(said));
            assertFalse(client.hasEnded());
        }
    }

    @Test
    void somebody_elses_token_does_not_keep_a_socket_open() {
        Client ana = come("Ana");
        String refresh = ana.tell("refresh", "token", house.person("Ben").token());
        assertEquals("not-allowed", ana.answerTo(refresh).path("code").asText());
    }

    @Test
    void the_server_says_how_people_are_known_and_that_it_is_ready() {
        JsonNode about = House.json(house.send(house.request("api/about", null).build()), 200);
        Schemas.check("http.json#/$defs/about", about);
        assertEquals("oidc", about.get("identity").asText());
        assertEquals("roomcast-page", about.path("login").path("clientId").asText());
        assertTrue(about.path("login").path("authority").asText().startsWith("http"));
    }

    private HttpResponse<String> pollOn(Person person, String session, String since) {
        String query = "/events?wait=30000&session=" + session + "&since=" + since;
        return house.send(house.request("api/rooms/" + room + query, person)
                .header("Accept", "application/json")
                .build());
    }

    private HttpResponse<String> read(Person person, String accept) {
        return house.send(house.request("api/rooms/" + room + "/events?wait=0", person)
                .header("Accept", accept)
                .build());
    }

    private int upgrade(String query, String... headers) throws IOException {
        try (RawSocket raw = new RawSocket(house.address())) {
            return raw.upgrade(house.socket(query), headers);
        }
    }
}
