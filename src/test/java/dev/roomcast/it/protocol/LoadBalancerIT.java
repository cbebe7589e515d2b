package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Screen;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.it.LoadBalancer;
import dev.roomcast.it.Needs;
import dev.roomcast.it.Nginx;
import dev.roomcast.it.RoomcastProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two server processes on one real Redis, behind real load balancers that ask one and the other in turn: nothing is sticky, and nobody
 * notices.
 */
@Tag("runnable")
@ExtendWith(SharedNodes.OnOneRedis.class)
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadBalancerIT {

    private static SharedNodes nodes;
    private static RoomcastProcess one;
    private static RoomcastProcess two;
    private static LoadBalancer balancer;
    private static Nginx nginx;

    private final String room = "lb-" + House.unique();
    private House house;
    private House behindNginx;

    @BeforeAll
    static void start(SharedNodes shared) throws Exception {
        Needs.loadBalancer(); // before anything is started
        nodes = shared;
        List<RoomcastProcess> running = nodes.running(0, 1);
        one = running.get(0);
        two = running.get(1);
        balancer = new LoadBalancer(one, two);
        nginx = new Nginx(one, two);
    }

    @AfterAll
    static void stop() {
        if (balancer != null) {
            balancer.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    @BeforeEach
    void enter() {
        house = house(balancer.address());
        behindNginx = house(nginx.address());
    }

    @AfterEach
    void leave() {
        house.close();
        behindNginx.close();
    }

    private static House house(URI address) {
        return new House(address, IdentityProvider.running());
    }

    @Test
    @Order(1)
    void by_whatever_transport_and_node_everybody_sees_the_same_from_the_first_moment_on() {
        seeTheSame(everybody(house));
    }

    @Test
    @Order(1)
    void so_they_do_behind_nginx() {
        seeTheSame(everybody(behindNginx));
    }

    /** Comes back as often as the server ends the connection, until this is seen. */
    private static void stay(Client client, Predicate<Screen> wanted) {
        while (!client.see(wanted::test)) {
            client.awaitScreen("it, or the end", shown -> wanted.test(shown) || client.hasEnded());
            if (client.hasEnded()) {
                client.cut();
                client.comeBack();
            }
        }
    }

    private static void seeTheSame(List<Client> all) {
        for (Client client : all) {
            client.awaitScreen("all of them", shown -> shown.count == all.size());
        }
        List<String> said = new ArrayList<>();
        for (Client client : all) {
            said.add(client.say("I am " + client.person.name()));
        }
        String answer = all.get(0).ask("Count. [[demo tokens=40 gap=25ms numbered]]");
        String text = all.get(0).wholeAnswer(answer);
        assertTrue(text.length() > 100, text);
        for (Client client : all) {
            assertEquals(text, client.wholeAnswer(answer));
            for (String messageId : said) {
                client.awaitScreen("all that was said", shown -> shown.messages.containsKey(messageId));
            }
            assertEquals(1, client.snapshots(), client.getClass().getSimpleName() + " had to begin anew");
            assertEquals(all.size(), client.people());
        }
    }

    @Test
    @Order(2)
    void a_poll_that_comes_to_the_other_node_is_answered_when_there_is_something_and_not_before() {
        Client ana = house.client(Transport.LONG_POLL, house.person("ana"));
        ana.join(room);
        Client ben = house.client(Transport.WEB_SOCKET, house.person("ben"));
        ben.join(room);
        ana.awaitScreen("him", shown -> shown.count == 2);
        for (int i = 0; i < 6; i++) {
            String said = ben.say("and " + i);
            ana.awaitScreen("it", shown -> shown.messages.containsKey(said));
        }
        // Whoever were told who is here with each change of nodes would hear of it with each poll.
        int presence = ana.count(Client.type("presence"));
        assertTrue(presence <= 3, presence + " times who is here");
    }

    @Test
    @Order(3)
    void a_command_may_come_to_another_node_than_its_stream() {
        Client ana = house.client(Transport.EVENT_STREAM, house.person("ana"));
        ana.join(room);
        for (int i = 0; i < 4; i++) {
            String token = house.person(ana.person.userId(), Map.of(), 300 + i).token();
            assertEquals(
                    "reply",
                    ana.answerTo(ana.tell("refresh", "token", token))
                            .get("type")
                            .asText());
        }
        ana.say("Still here.");
    }

    @Test
    @Order(4)
    void what_is_limited_is_limited_on_both_together_and_a_refusal_says_when_to_ask_again() {
        Person ana = house.person("ana");
        int asked = 0;
        int refused = 0;
        for (int i = 0; i < SharedNodes.QUESTIONS + 4; i++) {
            var response = house.post(
                    "api/rooms/" + room + "/commands",
                    ana,
                    Client.command("q" + i, "ai-query", "prompt", "One word? [[demo tokens=1 gap=1ms]]"));
            JsonNode frame = House.json(response.body());
            if (response.statusCode() == 202) {
                asked++;
            } else if (frame.path("code").asText().equals("rate-limited")) {
                assertTrue(frame.path("retryAfterMs").asLong() > 0, frame::toString);
                refused++;
            } else {
                i--; // the room is busy: that costs nothing
            }
        }
        assertTrue(
                asked >= SharedNodes.QUESTIONS && asked <= SharedNodes.QUESTIONS + 1,
                asked + " were granted"); // one may have come back
        assertEquals(SharedNodes.QUESTIONS + 4, asked + refused);
    }

    @Test
    @Order(5)
    void a_private_room_is_one_on_both_and_who_is_removed_is_removed_everywhere() {
        Person owner = house.person("owner");
        Person guest = house.person("guest");
        String made = House.json(house.post("api/rooms", owner, "{\"title\":\"Budget\"}"), 200)
                .get("roomId")
                .asText();
        var invite = house.request("api/rooms/" + House.encoded(made) + "/people/" + guest.userId(), owner)
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"role\":\"member\"}"))
                .build();
        awaitStatus(204, () -> house.send(invite).statusCode());
        List<Client> places = new ArrayList<>();
        for (URI node : List.of(one.address(), two.address())) {
            House side = house(node);
            awaitStatus(
                    200,
                    () -> side.send(side.request("api/rooms/" + House.encoded(made), guest)
                                    .build())
                            .statusCode());
            Client client = side.client(Transport.WEB_SOCKET, guest);
            assertEquals("joined", client.join(made).get("type").asText());
            places.add(client);
        }
        house.send(house.request("api/rooms/" + House.encoded(made) + "/people/" + guest.userId(), owner)
                .DELETE()
                .build());
        for (Client client : places) {
            client.awaitEnd();
            assertEquals(4500, client.closeCode());
            client.close();
        }
    }

    @Test
    @Order(6)
    void an_update_node_by_node_loses_nothing_and_nobody() throws Exception {
        List<Client> all = new ArrayList<>(everybody(house));
        all.addAll(everybody(behindNginx));
        String before = all.get(0).say("before");
        String answer = all.get(0).ask("Count. [[demo tokens=200 gap=25ms numbered]]");
        House there = house(two.address());
        Client alone = there.client(Transport.WEB_SOCKET, there.person("alone"));
        String elsewhere = "room-" + House.unique();
        alone.join(elsewhere);
        for (int i = 0; i < 4; i++) {
            alone.ask("Count to " + i + ". [[demo tokens=160 gap=25ms numbered]]");
        }
        String waits = alone.ask("And now? [[demo tokens=20 gap=5ms numbered]]");
        alone.awaitScreen("its place", shown -> shown.waiting.contains(waits));
        Files.createFile(nodes.drain(1));
        two.await("draining", () -> two.readiness() == 503);
        two.await("drained", () -> log(two).contains("Drained"));
        assertEquals(503, status(two, all.get(0).person, "text/event-stream"), "nobody is let in any more");
        assertEquals(503, status(two, all.get(0).person, "application/json"), "nor waits there for what nobody tells");
        two.stop();
        there.close();

        String between = all.get(all.size() - 1).say("between"); // by a request, which nginx sends elsewhere
        for (Client client : all) {
            stay(client, shown -> shown.messages.containsKey(between));
        }
        String text = all.get(0).wholeAnswer(answer);
        for (Client client : all) {
            assertEquals(text, client.wholeAnswer(answer));
            client.awaitScreen("everything", shown -> shown.messages.containsKey(before) && shown.count == all.size());
            assertEquals(1, client.snapshots(), client.getClass().getSimpleName() + " had to begin anew");
        }
        // What waited where nobody else was is answered, too.
        Client back = house.client(Transport.WEB_SOCKET, alone.person);
        back.join(elsewhere);
        back.awaitScreen("the last answer", shown -> "complete".equals(shown.endings.get(waits)));
    }

    /** How the door of a node answers who wants to stay. */
    private static int status(RoomcastProcess node, Person person, String accept) {
        House there = house(node.address());
        return there.send(there.request("api/rooms/lobby/events", person)
                        .header("Accept", accept)
                        .build())
                .statusCode();
    }

    private static String log(RoomcastProcess node) {
        try {
            return node.log();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Two people by each transport, and so, one after the other, on each node. */
    private List<Client> everybody(House house) {
        List<Client> all = new ArrayList<>();
        for (Transport transport : Transport.ALL) {
            for (String name : List.of("ana", "ben")) {
                Client client = house.client(transport, house.person(name));
                assertEquals("joined", client.join(room).get("type").asText());
                all.add(client);
            }
        }
        return all;
    }

    private static void awaitStatus(int status, java.util.function.IntSupplier attempt) {
        long deadline = System.nanoTime() + House.PATIENCE.toNanos();
        while (attempt.getAsInt() != status) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + status);
        }
    }
}
