package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventStreamReaderTest {

    /** The standard's own examples and every rule of its section 9.2.6 that concerns data. */
    static Stream<Arguments> streams() {
        return Stream.of(
                is("data: a\n\n", "a"),
                is("data: a\r\n\r\n", "a"),
                is("data: a\r\r", "a"),
                is("data: a\r\n\ndata: b\n\r\ndata: c\r\n\r", "a", "b", "c"),
                is("data: YHOO\ndata: +2\ndata: 10\n\n", "YHOO\n+2\n10"),
                is(
                        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                        "first event",
                        "second event",
                        " third event"),
                is("data\n\ndata\ndata\n\ndata:", "", "\n"),
                is("data:test\n\ndata: test\n\n", "test", "test"),
                is("data:\n\n", ""),
                is("data: \n\n", ""),
                is("data:a: b:c\n\n", "a: b:c"),
                is("event: add\nid: 7\nretry: 10\ndata: x\n\n", "x"),
                is("event: add\n\n"),
                is("id: 7\n\n: comment\n\n\n\n"),
                is(":\n:data: no\ndata: yes\n:\n\n", "yes"),
                is("data : x\nDATA: x\ndat: x\ndatas: x\n data: x\nda\ndata: y\n\n", "y"),
                is("\uFEFFdata: a\n\n", "a"),
                is("\uFEFF\uFEFFdata: a\n\ndata: b\n\n", "b"),
                is("data: a\n\n\uFEFFdata: b\n\ndata: c\n\n", "a", "c"),
                is("data: \uFEFFa\n\n", "\uFEFFa"),
                is("\uFEFF\n\ndata: a\n\n", "a"),
                is("\u00EFdata: a\n\ndata: b\n\n", "b"),
                is("data: é漢😀\n\n", "é漢😀"),
                is("data: a\tb\0c\u2028d\u0085e\n\n", "a\tb\0c\u2028d\u0085e"),
                is("data: a\n\ndata: lost", "a"),
                is("data: a\n\ndata: lost\n", "a"),
                is("\n\n\r\r\ndata: a\n\n", "a"),
                is(""));
    }

    private static Arguments is(String stream, String... events) {
        return Arguments.of(stream, List.of(events));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_read_at_once_gives_its_events(String stream, List<String> events) throws ModelFailed {
        assertEquals(events, read(stream.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_cut_in_two_anywhere_gives_the_same_events(String stream, List<String> events) throws ModelFailed {
        byte[] bytes = stream.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(events, read(bytes, cut), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_drips_byte_by_byte_gives_the_same_events(String stream, List<String> events) throws ModelFailed {
        byte[] bytes = stream.getBytes(UTF_8);
        assertEquals(events, read(bytes, IntStream.range(0, bytes.length).toArray()));
    }

    @Test
    void random_streams_cut_at_random_points_give_what_they_give_at_once() throws ModelFailed {
        Random random = new Random(42);
        String[] parts = {
            "data", ":", " ", "\n", "\r", "\r\n", "x", "é", "😀", "\uFEFF", "id", "{\"a\":1}", "dat", "\n\n"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder stream = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                stream.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = stream.toString().getBytes(UTF_8);
            int[] cuts =
                    random.ints(random.nextInt(8), 0, bytes.length + 1).sorted().toArray();
            List<String> whole = read(bytes);
            assertEquals(whole, read(bytes, cuts), () -> stream + " cut at " + Arrays.toString(cuts));
            assertEquals(bySplittingLines(stream.toString()), whole, stream::toString);
        }
    }

    @Test
    void an_event_of_the_greatest_size_is_read() throws ModelFailed {
        String text = "x".repeat(EventStreamReader.MAX_EVENT - 1);
        assertEquals(List.of(text), read(("data:" + text + "\n\n").getBytes(UTF_8), 4, 77, 500_000));
    }

    @Test
    void an_event_beyond_the_greatest_size_is_refused() {
        byte[] line = ("data:" + "x".repeat(1023) + "\n").getBytes(UTF_8);
        EventStreamReader reader = new EventStreamReader((data, offset, length) -> {});
        ModelFailed failed = assertThrows(ModelFailed.class, () -> {
            for (int i = 0; i <= EventStreamReader.MAX_EVENT / 1024; i++) {
                reader.feed(line, 0, line.length);
            }
        });
        assertEquals("model-oversized", failed.code());
    }

    @Test
    void a_comment_without_end_takes_no_memory() throws ModelFailed {
        EventStreamReader reader = new EventStreamReader((data, offset, length) -> {});
        byte[] comment = ":".repeat(1 << 16).getBytes(UTF_8);
        for (int i = 0; i < 1_000; i++) {
            reader.feed(comment, 0, comment.length);
        }
    }

    private static List<String> read(byte[] bytes, int... cuts) throws ModelFailed {
        List<String> events = new ArrayList<>();
        EventStreamReader reader =
                new EventStreamReader((data, offset, length) -> events.add(new String(data, offset, length, UTF_8)));
        int from = 0;
        for (int cut : cuts) {
            reader.feed(bytes, from, cut - from);
            from = cut;
        }
        reader.feed(bytes, from, bytes.length - from);
        return events;
    }

    /** The standard's algorithm, written down as plainly as it stands there, to compare with. */
    private static List<String> bySplittingLines(String stream) {
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        String[] lines = text.split("\r\n|\r|\n", -1);
        List<String> events = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < lines.length - 1; i++) { // the last one has no line ending
            String line = lines[i];
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    events.add(data.substring(0, data.length() - 1));
                }
                data.setLength(0);
            } else {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                if (field.equals("data")) {
                    data.append(value.startsWith(" ") ? value.substring(1) : value)
                            .append('\n');
                }
            }
        }
        return events;
    }
}
