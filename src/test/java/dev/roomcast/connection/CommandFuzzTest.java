package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.roomcast.room.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Whatever a client sends is a command or refused, with a code for malformed frames; nothing else ever comes of it. */
class CommandFuzzTest {

    private static final Set<Refused.Code> MALFORMED = Set.of(
            Refused.Code.BAD_JSON,
            Refused.Code.BAD_FRAME,
            Refused.Code.BAD_ID,
            Refused.Code.BAD_ROOM,
            Refused.Code.BAD_POSITION,
            Refused.Code.TOO_LONG);

    @FuzzTest(maxDuration = "2m")
    void frames(byte[] bytes) {
        String frame = new String(bytes, StandardCharsets.UTF_8);
        try {
            Command command = Command.parse(frame);
            assertNotNull(command.type());
            assertTrue(command.id() == null || command.id().matches("[A-Za-z0-9_-]{1,64}"), command::id);
            for (String field : List.of("content", "prompt", "roomId", "since", "token", "model", "answerId")) {
                read(command, field);
            }
            Joining.of(command);
        } catch (Refused e) {
            assertMalformed(e);
        }
    }

    private static void read(Command command, String field) {
        try {
            String text = command.text(field, 8_000);
            assertTrue(!text.isBlank() && text.length() <= 8_000, text);
            String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertEquals(sent, text, "not well-formed");
        } catch (Refused e) {
            assertMalformed(e);
        }
    }

    private static void assertMalformed(Refused refused) {
        assertTrue(MALFORMED.contains(refused.code()), refused.code()::wire);
    }
}
