package dev.roomcast.model.demo;

import java.util.List;
import java.util.Optional;

/** Something that the demo can do. Pure: the same question always gets the same answer. */
interface DemoTalent {

    String NOTE = """


            > This is Roomcast's built-in **demo model**: it follows a few fixed rules and knows nothing. Set \
            `ROOMCAST_MODEL_URL`, `ROOMCAST_MODEL_API_KEY` and `ROOMCAST_MODEL_NAME` to talk to a real one.
            """;

    /**
     * @param prompt the question
     * @param talk what people said before it, oldest first
     * @return Markdown, or nothing if this is none of its business
     */
    Optional<String> tryAt(String prompt, List<String> talk);

    /** The first talent that has something to say says it. */
    static String answer(String prompt, List<String> talk) {
        return List.of(new Translating(), new Editing(), new Coding(), new Hosting()).stream()
                        .flatMap(talent -> talent.tryAt(prompt, talk).stream())
                        .findFirst()
                        .orElseThrow()
                        .strip()
                + NOTE.stripTrailing();
    }
}
