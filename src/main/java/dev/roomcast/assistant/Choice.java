package dev.roomcast.assistant;

/**
 * Who shall answer, as somebody who asks has it: a model by its name, or whichever is there for something, or neither. What there is of
 * both is looked at when the question is asked.
 *
 * @param model its name, or {@code null}
 * @param role what it is there for, as it stands in frames, or {@code null}
 */
public record Choice(String model, String role) {

    public static final Choice NONE = new Choice(null, null);
}
