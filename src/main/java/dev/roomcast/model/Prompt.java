package dev.roomcast.model;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

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
        for (int from = 0; from < turns.size(); from = endOfMessage(from)) {
            messages.add(turns.subList(from, endOfMessage(from)));
        }
        return messages;
    }

    /** The end of what the turn at {@code from} and its neighbours of the same role say together. */
    int endOfMessage(int from) {
        int to = from + 1;
        while (to < turns.size() && turns.get(to).role() == turns.get(from).role()) {
            to++;
        }
        return to;
    }

    /** Bytes of all of it in a request, roughly. */
    int length() {
        int length = 0;
        for (Turn turn : turns) {
            length += turn.message().length + 1;
        }
        return length;
    }

    private Turn last() {
        return turns.get(turns.size() - 1);
    }

    /** One contribution. Immutable; it keeps what it is in JSON for the next time, since a room's talk is told again with each question. */
    public static final class Turn {

        private static final byte[] CLOSING = {'"', '}'};

        private final Role role;
        private final String content;
        private volatile byte[] message;

        /** @param content never blank, and well-formed UTF-16, as all text in a room is */
        public Turn(Role role, String content) {
            this.role = role;
            this.content = content;
        }

        public Role role() {
            return role;
        }

        public String content() {
            return content;
        }

        /** As an object with {@code role} and {@code content}, in UTF-8. Not to be changed. */
        byte[] message() {
            byte[] known = message;
            if (known == null) {
                byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(content);
                known = Arrays.copyOf(role.opening, role.opening.length + quoted.length + CLOSING.length);
                System.arraycopy(quoted, 0, known, role.opening.length, quoted.length);
                System.arraycopy(CLOSING, 0, known, known.length - CLOSING.length, CLOSING.length);
                message = known;
            }
            return known;
        }

        /** Where its content begins in its {@link #message}. */
        int contentFrom() {
            return role.opening.length;
        }

        /** Where its content ends there. */
        int contentTo() {
            return message().length - CLOSING.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Turn turn && turn.role == role && turn.content.equals(content);
        }

        @Override
        public int hashCode() {
            return Objects.hash(role, content);
        }

        @Override
        public String toString() {
            return "Turn[" + role + ", " + content + ']';
        }
    }

    /** Who contributed. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT;

        /** Of an object that says so, in its JSON. */
        private final byte[] opening = ("{\"role\":\"" + name().toLowerCase(Locale.ROOT) + "\",\"content\":\"")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
