package dev.roomcast.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Whatever stands where a room's name or a position should: it is one, in its one spelling, or it is refused. */
class NamesFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void rooms(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        RoomId room;
        try {
            room = new RoomId(text);
        } catch (Refused e) {
            assertEquals(Refused.Code.BAD_ROOM, e.code());
            return;
        }
        String name = room.name();
        assertEquals(Normalizer.normalize(text, Normalizer.Form.NFC), name);
        assertEquals(room, new RoomId(name), "another name for the same room");
        assertTrue(!name.isEmpty() && name.length() <= RoomId.MAX_LENGTH, name);
        assertTrue(name.codePoints().noneMatch(NamesFuzzTest::isHarmful), name);
        assertFalse(name.equals(".") || name.equals(".."), name);
        assertEquals(text.startsWith("~"), room.isPrivate(), name);
    }

    /** In a path, a log line, a Redis key or beside other text. */
    private static boolean isHarmful(int c) {
        return Character.isWhitespace(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || "/\\?#%;&<>\"'{}|^`*[]".indexOf(c) >= 0;
    }

    @FuzzTest(maxDuration = "2m")
    void positions(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertEquals(text, Position.parse(text).toString());
        } catch (Refused e) {
            assertEquals(Refused.Code.BAD_POSITION, e.code());
        }
    }
}
