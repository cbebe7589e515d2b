package dev.roomcast.model.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers whatever else is asked: with how one could find out, since it cannot know. */
final class Hosting implements DemoTalent {

    private static final int LONGEST_QUOTE = 200;

    private static final String ABOUT = """
            **Roomcast** is a server of shared AI rooms:

            - Everybody in a room sees each answer grow at the same time, whoever asked.
            - Who comes in the middle of an answer sees all of it; who loses the connection misses nothing.
            - The talk in the room is context for the model.

            Try: `Translate to French: good morning`, `Write fibonacci in Python`, `Summarise this: …`, `Show me Markdown`.
            """;

    private static final String MARKDOWN = """
            # A heading

            Some **bold**, some *italic*, some `code`, and a [link](https://commonmark.org).

            1. First
            2. Second
               - with a detail

            | Fruit | Price |
            |:------|------:|
            | Apple |  1.20 |
            | Pear  |  0.90 |

            ```java
            System.out.println("Hello, room");
            ```

            > And a quotation.

            - [x] done
            - [ ] to do
            """;

    @Override
    public Optional<String> tryAt(String prompt, List<String> talk) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        if (lower.contains("markdown")) {
            return Optional.of(MARKDOWN);
        }
        if (prompt.isBlank() || lower.contains("roomcast") || lower.matches("\\W*(help|hi|hello|hey)\\W*")) {
            return Optional.of(ABOUT);
        }
        return Optional.of(approach(prompt, lower));
    }

    private static String approach(String prompt, String lower) {
        List<String> about = Words.telling(prompt, 3);
        String topic = about.isEmpty() ? "this" : String.join(", ", about);
        return "You asked: *" + firstLine(prompt)
                + "*\n\nI cannot know that, but this is how the room could find out:\n\n"
                + "1. **Agree on the question.** It seems to be about **" + topic + "**. " + kind(lower) + "\n"
                + "2. **Collect what you know.** One line each, in this room, before anybody argues.\n"
                + "3. **Look for what would change your mind** about "
                + (about.isEmpty() ? "it" : about.get(0)) + ", and look there first.\n"
                + "4. **Write down the answer in one sentence**, and who will check it by when.";
    }

    private static String kind(String lower) {
        if (lower.contains("why")) {
            return "*Why* asks for a cause: name two that could explain it, and what would tell them apart.";
        }
        if (lower.contains("how")) {
            return "*How* asks for a way: name the last step first and walk back from it.";
        }
        if (lower.matches("(?s).*\\b(which|should|better|or)\\b.*")) {
            return "It asks for a choice: list what matters to you before you list the options.";
        }
        if (lower.matches("(?s).*\\b(when|where|who)\\b.*")) {
            return "It asks for a fact: somebody has it written down; ask who.";
        }
        return "Say what a good answer would let you do.";
    }

    private static String firstLine(String prompt) {
        String line = prompt.lines().findFirst().orElse("").replace("*", "").strip();
        if (line.codePointCount(0, line.length()) <= LONGEST_QUOTE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + '…';
    }
}
