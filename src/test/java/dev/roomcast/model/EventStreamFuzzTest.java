package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whatever a provider sends, and however the network cuts it, the events are the same, and no more than what was sent. */
class EventStreamFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void streams(byte[] bytes) throws ModelFailed {
        List<String> whole = read(bytes, bytes.length + 1);
        int length = whole.stream().mapToInt(String::length).sum();
        assertTrue(length <= bytes.length, "more came out than went in");
        for (int piece : new int[] {1, 2, 3, 7}) {
            assertEquals(whole, read(bytes, piece), "cut every " + piece);
        }
    }

    private static List<String> read(byte[] bytes, int piece) throws ModelFailed {
        List<String> events = new ArrayList<>();
        EventStreamReader reader = new EventStreamReader(
                (data, offset, length) -> events.add(new String(data, offset, length, StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < bytes.length; i += piece) {
            reader.feed(bytes, i, Math.min(piece, bytes.length - i));
        }
        return events;
    }
}
