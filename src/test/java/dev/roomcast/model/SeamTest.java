package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeamTest {

    @ParameterizedTest
    @CsvSource({
        "'```java\nint i', ```",
        "'Text\n\n   ```\nint i\n', ```",
        "'~~~\nint i', ~~~",
        "'~~~\n```\n', ~~~",
        "'~~~ a`b\nint i', ~~~",
        "'````md\n```\ninner\n```\n', ````",
        "'```\n``` not an end\n', ```",
        "'```\n    ```\n', ```",
        "'```\r\nint i\r\n', ```",
    })
    void within_code_it_can_be_seen_and_closes_what_is_open(String before, String mark) {
        assertTrue(Seam.again(before).startsWith("\n" + mark + "\n\n---\n"));
        assertFalse(Seam.rest(before).contains("*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No code",
                "```java\nint i\n```\n",
                "```\nint i\n`````",
                "~~~\n```\n~~~\n",
                "````\n```\n````\r\n",
                "```one`line```\n",
                "    ``` indented is text",
            })
    void where_no_code_is_open_there_is_nothing_to_close(String before) {
        assertEquals(Seam.again(""), Seam.again(before));
        assertTrue(Seam.rest(before).contains("*"));
    }
}
