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
     * Asks the model. Blocks until the provider has accepted the call and its response headers are here (retries
     * included), so call it from a thread that may block.
     *
     * @throws ModelFailed if the provider refused, could not be reached, or did not answer in time
     */
    ModelStream open(Prompt prompt) throws ModelFailed;
}
