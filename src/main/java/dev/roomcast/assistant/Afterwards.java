package dev.roomcast.assistant;

import dev.roomcast.room.Question.Relation;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of the question of an answer whose node is gone, or about to go. */
enum Afterwards {
    INTERRUPT,
    ASK_AGAIN,
    CONTINUE;

    static Afterwards of(String setting) {
        return Arrays.stream(values())
                .filter(value ->
                        value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "roomcast.answers.takeover is one of interrupt, ask-again and continue."));
    }

    /**
     * How what is asked next is related to the answer, or {@code null} if nothing is.
     *
     * @param said some of it is in the log, so that there is something to go on with
     */
    Relation.Kind kind(boolean said) {
        return switch (this) {
            case INTERRUPT -> null;
            case ASK_AGAIN -> Relation.Kind.REGENERATES;
            case CONTINUE -> said ? Relation.Kind.CONTINUES : Relation.Kind.REGENERATES;
        };
    }
}
