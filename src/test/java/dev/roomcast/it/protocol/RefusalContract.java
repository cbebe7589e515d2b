package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.command;
import static dev.roomcast.it.protocol.Client.type;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be done is refused in the same words everywhere, and nothing happens. */
abstract class RefusalContract extends Visit {

    private static final String ID = "e-1";

    /**
     * A frame, and what becomes of it.
     *
     * @param re whose {@code id} the refusal names; "" if the frame has none that can be read
     */
    private record Bad(String frame, String code, String re) {}

    private static final List<Bad> FRAMES = List.of(
            new Bad("not json", "bad-json", ""),
            new Bad("", "bad-json", ""),
            new Bad("null", "bad-json", ""),
            new Bad("[]", "bad-json", ""),
            new Bad("\"join\"", "bad-json", ""),
            new Bad("{\"type\":\"ping\"} {\"type\":\"ping\"}", "bad-json", ""),
            new Bad("{\"type\":\"ping\",\"type\":\"ping\"}", "bad-json", ""),
            new Bad("{\"type\":\"ping\",\"more\":" + "[".repeat(40) + "]".repeat(40) + "}", "bad-json", ""),
            new Bad("{}", "bad-frame", ""),
            new Bad("{\"type\":5}", "bad-frame", ""),
            new Bad(command("not an id", "ping"), "bad-id", ""),
            new Bad(command("x".repeat(65), "ping"), "bad-id", ""),
            new Bad("{\"type\":\"ping\",\"id\":7}", "bad-id", ""),
            new Bad(command(ID, "dance"), "unknown-type", ID),
            new Bad(command(null, "dance"), "unknown-type", ""),
            new Bad(command(ID, "message"), "bad-frame", ID),
            new Bad(command(ID, "message", "content", " \n "), "bad-frame", ID),
            new Bad("{\"type\":\"message\",\"id\":\"" + ID + "\",\"content\":5}", "bad-frame", ID),
            new Bad(command(ID, "message", "content", "x".repeat(8_001)), "too-long", ID),
            new Bad(command(ID, "ai-query"), "bad-frame", ID),
            new Bad(command(ID, "ai-query", "prompt", ""), "bad-frame", ID),
            new Bad(command(ID, "ai-query", "prompt", "x".repeat(16_001)), "too-long", ID),
            new Bad(command(ID, "ai-stop"), "bad-frame", ID),
            new Bad(command(ID, "ai-stop", "answerId", "a-none"), "no-such-answer", ID));

    RefusalContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void what_cannot_be_done_is_refused_with_its_code_and_harms_nobody() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        for (Bad bad : FRAMES) {
            int before = ana.count(type("error"));
            ana.send(bad.frame);
            ana.await("a refusal of " + bad, frame -> ana.count(type("error")) > before);
            JsonNode error = ana.frames(type("error")).get(before);
            assertEquals(bad.code, error.get("code").asText(), bad::toString);
            assertEquals(bad.re, error.path("re").asText(), bad::toString);
        }
        String message = ana.say("x".repeat(8_000));
        String answer = ana.ask(tokens(10, 1));

        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));
        assertEquals("x".repeat(8_000), ben.message(message));
        assertEquals(1, ben.count(type("message")), "something else was said");
    }

    @Test
    void a_room_without_a_proper_name_cannot_be_entered() {
        for (String name : List.of("a b", "a\u202Eb", "a<b", "x".repeat(81))) {
            Client ana = house.client(transport, house.person("Ana"));
            JsonNode refused = ana.join(name);
            assertEquals("bad-room", refused.path("code").asText(), name);
        }
    }

    @Test
    void a_room_has_one_name_however_it_is_spelled() {
        Client ana = house.client(transport, house.person("Ana"));
        JsonNode joined = ana.join("Zu\u0308rich-" + room);

        assertEquals("Z\u00fcrich-" + room, joined.get("roomId").asText());
    }
}
