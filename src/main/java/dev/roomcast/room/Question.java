package dev.roomcast.room;

import java.util.Locale;

/**
 * What somebody asks, and the name of its answer. Immutable.
 *
 * @param model who shall answer, as people see it
 * @param relation to an earlier answer, or {@code null} for a question of its own
 */
public record Question(String answerId, Author asker, String prompt, String model, Relation relation) {

    /** A question of its own. */
    public Question(String answerId, Author asker, String prompt, String model) {
        this(answerId, asker, prompt, model, null);
    }

    /** What the answer is to an earlier one, {@code answerId}. */
    public record Relation(Kind kind, String answerId) {

        /** Instead of it; or what comes after it. */
        public enum Kind {
            REGENERATES,
            CONTINUES;

            private final String wire = name().toLowerCase(Locale.ROOT);

            public String wire() {
                return wire;
            }
        }
    }
}
