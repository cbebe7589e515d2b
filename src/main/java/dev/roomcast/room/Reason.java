package dev.roomcast.room;

/**
 * Why an answer is not what was asked for.
 *
 * @param code stable, for programs
 * @param message one sentence for people
 * @param retryable whether the same question may be answered later
 * @param retryAfterMs not before when, from the moment of the end on, or {@code null} if nobody said
 */
public record Reason(String code, String message, boolean retryable, Long retryAfterMs) {

    /** Nobody knows when trying again may help, or whether. */
    public Reason(String code, String message, boolean retryable) {
        this(code, message, retryable, null);
    }

    public static Reason of(Refused refused) {
        return new Reason(
                refused.code().wire(),
                refused.getMessage(),
                refused.code().retryable(),
                refused.retryAfter() == null ? null : refused.retryAfter().toMillis());
    }
}
