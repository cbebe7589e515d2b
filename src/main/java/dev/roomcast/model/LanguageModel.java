package dev.roomcast.model;

/**
 * A model that answers prompts piece by piece: the port behind which every provider stands.
 *
 * <p>Thread-safe. One call of {@link #open} is one answer.
 */
public interface LanguageModel {

    /** The model's name as people see and choose it, for example {@code demo} or {@code gpt-5-mini}. Never blank, at most 100 characters. */
    String name();

    /** How many tokens, of prompt and answer together, the model can hold; 0 if nobody said. */
    default int window() {
        return 0;
    }

    /**
     * An answer to come. Neither blocks nor asks: the first {@link ModelStream#next()} does, so that there is something to
     * close from the very beginning. Whoever opens a stream closes it, used or not.
     */
    ModelStream open(Prompt prompt);
}
