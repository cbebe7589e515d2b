package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.roomcast.room.RoomId;
import org.junit.jupiter.api.Test;

/** Which rooms' talk is kept ready to be told. */
class TranscriptsTest {

    private final Transcripts transcripts = new Transcripts();

    @Test
    void those_of_the_rooms_that_were_asked_last_are_kept_and_no_more() {
        Transcript busy = transcripts.of(new RoomId("busy"));
        Transcript quiet = transcripts.of(new RoomId("quiet"));
        assertNotSame(busy, quiet);
        for (int i = 0; i < 1_000; i++) {
            transcripts.of(new RoomId("room" + i));
            assertSame(busy, transcripts.of(new RoomId("busy")));
        }
        assertNotSame(quiet, transcripts.of(new RoomId("quiet")));
    }
}
