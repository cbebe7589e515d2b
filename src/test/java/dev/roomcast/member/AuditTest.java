package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.room.RoomId;
import org.junit.jupiter.api.Test;

class AuditTest {

    @Test
    void an_event_is_one_line_of_json_whoever_chose_the_words() {
        assertEquals(
                "{\"event\":\"asked\",\"user\":\"ana\\\"\\\\\\u000a\\u2028{0}\",\"room\":\"standup\",\"answer\":\"a1\"}",
                Audit.line("asked", "ana\"\\\n\u2028{0}", new RoomId("standup"), "answer", "a1", "other", null));
        assertEquals(
                "{\"event\":\"refused\",\"code\":\"unauthorized\"}",
                Audit.line("refused", null, null, "code", "unauthorized"));
        assertEquals(
                "{\"event\":\"refused\",\"path\":\"/\\u009b2J\\u202e\\u200b\"}",
                Audit.line("refused", null, null, "path", "/\u009b2J\u202e\u200b"));
        String line = Audit.line("refused", null, null, "path", "/" + "x".repeat(100_000));
        assertEquals("{\"event\":\"refused\",\"path\":\"/" + "x".repeat(299) + "…\"}", line);
    }
}
