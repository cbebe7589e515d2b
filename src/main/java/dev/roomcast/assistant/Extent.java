package dev.roomcast.assistant;

import dev.roomcast.model.ModelFailed;
import java.time.Duration;

/**
 * How much one answer may become. Without a bound on its time, a model that says a letter now and then would have an answer that never ends.
 *
 * @param length in UTF-16 code units
 * @param time since its model was asked. Looked at with each piece, whose times are bounded by the model's own settings.
 */
record Extent(int length, Duration time) {

    /** @param took nanoseconds since its model was asked */
    void check(long length, long took) throws ModelFailed {
        if (length > this.length) {
            throw tooLong("The answer was longer than " + this.length + " characters.");
        }
        if (took > time.toNanos()) {
            throw tooLong("The answer took longer than " + time.toSeconds() + " seconds.");
        }
    }

    private static ModelFailed tooLong(String sentence) {
        return new ModelFailed("answer-too-long", sentence, false, null, null);
    }
}
