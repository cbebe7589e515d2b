package dev.roomcast.model;

/**
 * A model that answers prompts piece by piece: the port behind which every provider stands.
 *
 * <p>Thread-safe. One call of {@link #open} is one answer.
 */
public interface LanguageModel {

    /** The model's name as people see it, for example {@code demo} or {@code gpt-5-mini}. Never blank, at most 100 characters. */
    String name();

    /**
     * An answer to come. Neither blocks nor asks: the first {@link ModelStream#next()} does, so that there is something to
     * close from the very beginning. Whoever opens a stream closes it, used or not.
     */
    ModelStream open(Prompt prompt);
}
