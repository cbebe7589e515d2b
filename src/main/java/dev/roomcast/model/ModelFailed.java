package dev.roomcast.model;

import java.time.Duration;

/**
 * The provider did not answer, or not to the end. Carries what people and programs may know: never the provider's raw
 * body, never a key.
 */
public class ModelFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Duration retryAfter;

    /**
     * @param code stable and kebab-case, for programs ({@code model-unreachable}, {@code model-stalled}, …)
     * @param message one sentence for people
     * @param retryAfter when the provider said to come back, or {@code null}
     */
    public ModelFailed(String code, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public String code() {
        return code;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
