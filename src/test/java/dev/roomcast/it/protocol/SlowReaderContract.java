package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.ServerProcess;
import java.net.URI;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who stops reading delays nobody, and gets the rest at once when they read on. */
abstract class SlowReaderContract extends Visit {

    /** 24 kB each: 240 of them are more than lies between two sockets, and less than a log keeps. */
    private static final String LONG = "語".repeat(8_000);

    SlowReaderContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void who_stops_reading_gets_the_rest_in_few_frames_and_delays_nobody() {
        Client slow = stalled(240);

        assertEquals(1, slow.snapshots(), "had to begin anew");
        int messages = slow.see(shown -> shown.messages.size());
        assertEquals(241, messages);
    }

    @Test
    void who_is_further_behind_than_the_log_keeps_begins_anew() {
        Client slow = stalled(500);

        assertEquals(2, slow.snapshots());
    }

    /** Somebody who has not read for so many long messages and an answer, and then has read on to the end of it. */
    private Client stalled(int messages) {
        Client slow = come("Slow");
        Client ana = come(Transport.WEB_SOCKET, "Ana");
        Client ben = come(Transport.WEB_SOCKET, "Ben");
        ana.say("Begin");
        slow.awaitScreen("the beginning", shown -> shown.messages.size() == 1);
        slow.stopReading();
        for (int i = 1; i < messages; i++) {
            ana.tell("message", "content", LONG);
        }
        String last = ana.say("End");
        String answer = ana.ask(tokens(200, 5));
        ben.awaitScreen("the last message", shown -> shown.messages.containsKey(last));
        String text = ben.wholeAnswer(answer);
        slow.readOn();

        assertEquals(text, slow.wholeAnswer(answer));
        Predicate<JsonNode> chunk = frame ->
                frame.path("at").isNumber() && frame.get("answerId").asText().equals(answer);
        assertTrue(ben.count(chunk) > 20, "the others got few frames, too: " + ben.count(chunk));
        assertTrue(slow.count(chunk) <= 2, "read " + slow.count(chunk) + " frames of the answer after the pause");
        assertNoThreadIsHeld();
        return slow;
    }

    /** By a write to somebody who was slow: Open Liberty's is one that waits for itself. */
    private void assertNoThreadIsHeld() {
        ServerProcess server = ServerProcess.at(house.address());
        long held = 1;
        for (int look = 0; look < 5 && held > 0; look++) { // each takes its time; one may just be passing by
            held = server.threadsIn("com.ibm.ws.wsoc.WsocConnLink.waitWritePush");
        }
        assertEquals(0, held, "threads wait to tell of a write");
    }
}
