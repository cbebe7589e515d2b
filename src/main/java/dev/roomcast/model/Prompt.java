package dev.roomcast.model;

import java.util.List;

/**
 * What a model is asked: the conversation so far, the question last.
 *
 * @param turns oldest first, never empty; the last one is a {@link Role#USER}'s
 */
public record Prompt(List<Turn> turns) {

    public Prompt {
        turns = List.copyOf(turns);
    }

    /** One contribution. {@code content} is never blank, and well-formed UTF-16, as all text in a room is. */
    public record Turn(Role role, String content) {}

    /** Who contributed. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
