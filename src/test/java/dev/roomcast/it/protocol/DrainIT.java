package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.RoomcastProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server of its own that is told to stop while an answer is under way and questions wait for their turn. */
@Tag("runnable")
class DrainIT {

    private static final Map<String, String> SETTINGS = Map.of(
            "ROOMCAST_IDENTITY", "development",
            "ROOMCAST_LIMIT_ANSWERS_PER_ROOM", "1",
            "ROOMCAST_DRAIN_ANSWERS", "PT30S",
            "ROOMCAST_DRAIN_NOTICE", "PT0S",
            "ROOMCAST_DRAIN_SPREAD", "PT1S");

    /** By sockets alone: no server takes them for something to wait for. */
    @Test
    void what_is_under_way_goes_on_to_its_end_and_what_waits_is_told_that_it_will_not_begin() throws Exception {
        try (var server = new RoomcastProcess("drain", SETTINGS).start().awaitReady();
                House house = new House(server.address())) {
            String room = "room-" + House.unique();
            Client ana = house.client(Transport.WEB_SOCKET, house.person("Ana"));
            Client ben = house.client(Transport.WEB_SOCKET, house.person("Ben"));
            ana.join(room);
            ben.join(room);
            String underWay = ana.ask(Visit.tokens(80, 25));
            List<String> waiting = List.of(ana.ask("Then this?"), ben.ask("And this?"));
            ana.awaitScreen(
                    "the first words",
                    shown -> !shown.answers.getOrDefault(underWay, "").isEmpty());

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(server));
            for (Client each : List.of(ana, ben)) {
                for (String question : waiting) {
                    JsonNode end = each.end(question);
                    assertEquals("interrupted", end.get("status").asText());
                    assertEquals("server-stopped", end.get("code").asText());
                    assertTrue(end.get("retryable").asBoolean());
                }
            }
            assertFalse(
                    ana.<Boolean>see(shown -> shown.endings.containsKey(underWay)),
                    "those that wait do not wait for the end");
            JsonNode refused = ana.answerTo(ana.tell("ai-query", "prompt", "One more?"));
            assertEquals("error", refused.get("type").asText());
            assertTrue(refused.get("retryable").asBoolean(), refused::toString);

            for (Client each : List.of(ana, ben)) {
                assertEquals("complete", each.end(underWay).get("status").asText());
                assertTrue(each.text(underWay).endsWith(" t79"), each.text(underWay));
                each.awaitEnd();
                assertEquals(4000, each.closeCode());
                for (String question : waiting) {
                    assertEquals(
                            0,
                            each.count(frame -> Client.type("ai-start").test(frame)
                                    && frame.get("answerId").asText().equals(question)));
                }
            }
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    private static void stop(RoomcastProcess server) {
        try {
            server.stop();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
