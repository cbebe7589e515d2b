package dev.roomcast.model;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model is asked: the conversation so far, the question last.
 *
 * @param turns oldest first, never empty; the last one is a {@link Role#USER}'s, or the {@link Role#ASSISTANT}'s: then that is the
 *     beginning of the answer, and the rest of it is wanted
 */
public record Prompt(List<Turn> turns) {

    private static final String GO_ON =
            "Your last message broke off. Go on exactly where it ends, without a word about that, and repeat nothing of it.";

    public Prompt {
        turns = List.copyOf(turns);
    }

    /** The question is answered in part, and the rest is wanted. */
    boolean isBegun() {
        return last().role() == Role.ASSISTANT;
    }

    /** The same, with this beginning of an answer. */
    Prompt begunWith(String text) {
        List<Turn> more = new ArrayList<>(turns);
        if (isBegun()) {
            more.remove(more.size() - 1);
            more.add(new Turn(Role.ASSISTANT, last().content() + text));
        } else {
            more.add(new Turn(Role.ASSISTANT, text));
        }
        return new Prompt(more);
    }

    /** The same, for providers that can only be asked in words to go on. */
    Prompt inWords() {
        if (!isBegun()) {
            return this;
        }
        List<Turn> more = new ArrayList<>(turns);
        more.add(new Turn(Role.USER, GO_ON));
        return new Prompt(more);
    }

    /**
     * Its turns as messages, with neighbours of one role, the lines of one text, together: the templates of some models, such as Mistral's, demand that roles take turns, and their
     * servers refuse everything else.
     */
    List<List<Turn>> alternating() {
        List<List<Turn>> messages = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= turns.size(); i++) {
            if (i == turns.size() || turns.get(i).role() != turns.get(from).role()) {
                messages.add(turns.subList(from, i));
                from = i;
            }
        }
        return messages;
    }

    /** Characters in all of it. */
    int length() {
        return turns.stream().mapToInt(turn -> turn.content().length()).sum();
    }

    private Turn last() {
        return turns.get(turns.size() - 1);
    }

    /**
     * One contribution.
     *
     * @param text never blank, and well-formed UTF-16, as all text in a room is; it keeps its form in JSON for the next time
     */
    public record Turn(Role role, SerializedString text) {

        public Turn(Role role, String content) {
            this(role, new SerializedString(content));
        }

        public String content() {
            return text.getValue();
        }
    }

    /** Who contributed. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** As providers spell it. */
        String wire() {
            return wire;
        }
    }
}
