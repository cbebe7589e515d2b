package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.NodeServer;
import dev.roomcast.it.RoomcastProcess;
import dev.roomcast.redis.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on a server that is not Open Liberty, and a real Redis between them. {@link NodesIT} has everything else about nodes. */
@Tag("elsewhere")
class NodesElsewhereIT {

    private final String room = "room-" + House.unique();

    @Test
    void people_on_two_nodes_are_in_one_room_and_an_answer_outlives_the_node_that_gave_it() throws Exception {
        try (RedisServer redis = RedisServer.start();
                RoomcastProcess first = node("first", redis).start();
                RoomcastProcess second = node("second", redis).start();
                House here = new House(first.awaitReady().address());
                House there = new House(second.awaitReady().address())) {
            Client ana = come(here, Transport.WEB_SOCKET, "Ana");
            Client ben = come(there, Transport.EVENT_STREAM, "Ben");
            String hello = ana.say("Hello");
            ben.awaitScreen("what Ana said", shown -> shown.messages.containsKey(hello));
            ana.awaitScreen("Ben", shown -> shown.members.containsKey(ben.person.userId()));
            String answer = ben.ask("[[demo tokens=30 gap=5ms numbered]]");
            String text = ben.wholeAnswer(answer);
            assertTrue(text.startsWith("t0 t1"), text);
            assertEquals(text, ana.wholeAnswer(answer));

            String cut = ana.ask("[[demo tokens=20000 gap=20ms numbered]]");
            ben.awaitScreen(
                    "the first words",
                    shown -> !shown.answers.getOrDefault(cut, "").isEmpty());
            first.kill();
            ben.awaitScreen("its end", shown -> "interrupted".equals(shown.endings.get(cut)));
            Client cem = come(there, Transport.WEB_SOCKET, "Cem");
            assertEquals(ben.text(cut), cem.text(cut));
        }
    }

    private static RoomcastProcess node(String name, RedisServer redis) {
        return new RoomcastProcess("elsewhere-" + name, Map.of("ROOMCAST_REDIS_URL", redis.url()), NodeServer.tested());
    }

    private Client come(House house, Transport transport, String name) {
        Client client = house.client(transport, house.person(name));
        client.join(room);
        return client;
    }
}
