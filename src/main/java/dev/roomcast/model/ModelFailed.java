package dev.roomcast.model;

import dev.roomcast.room.Reason;
import java.time.Duration;

/**
 * The provider did not answer, or not to the end. Carries what people and programs may know: never the provider's raw
 * body, never a key.
 *
 * <table>
 * <caption>The codes. They are stable.</caption>
 * <tr><td>{@code model-unreachable}</td><td>no connection: refused, no such host, TLS, or closed before any reply</td></tr>
 * <tr><td>{@code model-unauthorized}</td><td>HTTP 401, 403: the key is wrong or may not use this model</td></tr>
 * <tr><td>{@code model-not-found}</td><td>HTTP 404: the URL or the model's name is wrong</td></tr>
 * <tr><td>{@code model-refused}</td><td>any other HTTP 4xx, or a redirect</td></tr>
 * <tr><td>{@code model-busy}</td><td>HTTP 429, or an error that says so; {@link #retryAfter()} if the provider said when to come back</td></tr>
 * <tr><td>{@code model-error}</td><td>HTTP 5xx, or an error object in the stream</td></tr>
 * <tr><td>{@code model-garbled}</td><td>not a stream of events, or one of them is no JSON</td></tr>
 * <tr><td>{@code model-oversized}</td><td>one event of more than 1 MiB</td></tr>
 * <tr><td>{@code model-stalled}</td><td>silent for longer than the first token, or the next one, may take</td></tr>
 * <tr><td>{@code model-cut}</td><td>the connection ended before the answer</td></tr>
 * <tr><td>{@code model-empty}</td><td>the answer ended, and there was no text in it</td></tr>
 * <tr><td>{@code model-declined}</td><td>no text either, because the model or its provider's content filter refused to say any</td></tr>
 * <tr><td>{@code model-resting}</td><td>not asked: the circuit breaker is open; {@link #retryAfter()} says until when</td></tr>
 * <tr><td>{@code model-full}</td><td>not asked: as many answers are under way as the model's settings allow, or are just being
 * begun as the bulkhead allows</td></tr>
 * <tr><td>{@code model-stopped}</td><td>{@link ModelStream#close()} was called before the end</td></tr>
 * </table>
 */
public class ModelFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private final transient Duration retryAfter;
    private transient ModelStream.Usage usage;

    /**
     * @param code stable and kebab-case, for programs
     * @param message one sentence for people
     * @param retryable whether the same question may be answered later
     * @param retryAfter when the provider said to come back, or {@code null}
     */
    public ModelFailed(String code, String message, boolean retryable, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    public String code() {
        return code;
    }

    /** How long to wait before asking again, or {@code null} if nobody said. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The tokens that it cost all the same, as the provider counted them, or {@code null}. */
    public ModelStream.Usage usage() {
        return usage;
    }

    /** @param usage or {@code null} */
    ModelFailed used(ModelStream.Usage usage) {
        this.usage = usage;
        return this;
    }

    /** What people are told of it. */
    public Reason reason() {
        return new Reason(code, getMessage(), retryable, retryAfter == null ? null : retryAfter.toMillis());
    }

    /** The same, but nobody asks again at once. */
    ModelFailed forGood() {
        return this;
    }

    /** The provider is at fault, so the circuit breaker counts it. Fault tolerance tells failures apart by type. */
    static class Unwell extends ModelFailed {

        private static final long serialVersionUID = 1L;

        Unwell(String code, String message, Duration retryAfter, Throwable cause) {
            super(code, message, true, retryAfter, cause);
        }
    }

    /** The provider is at fault, and may do better at once: worth asking again, if nothing of the answer was seen. */
    static final class Passing extends Unwell {

        private static final long serialVersionUID = 1L;

        Passing(String code, String message, Duration retryAfter, Throwable cause) {
            super(code, message, retryAfter, cause);
        }

        @Override
        ModelFailed forGood() {
            return new Unwell(code(), getMessage(), retryAfter(), this);
        }
    }
}
