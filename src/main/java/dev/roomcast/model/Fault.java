package dev.roomcast.model;

import java.time.Duration;

/** What can go wrong with a model: its code, its sentence for people, and what may be done about it. {@link ModelFailed} explains each. */
enum Fault {
    UNREACHABLE("model-unreachable", "The model cannot be reached right now.", Cure.ASK_AGAIN),
    ERROR("model-error", "The model ran into an error of its own.", Cure.ASK_AGAIN),
    BUSY("model-busy", "The model is getting more questions than it takes right now.", Cure.ASK_AGAIN),
    CUT("model-cut", "The connection to the model broke before the answer was complete.", Cure.ASK_AGAIN),
    GARBLED("model-garbled", "The model's reply could not be understood.", Cure.WAIT),
    STALLED("model-stalled", "The model did not say anything for too long.", Cure.WAIT),
    OVERSIZED("model-oversized", "The model sent more at once than may be.", Cure.WAIT),
    UNAUTHORIZED("model-unauthorized", "The model's provider does not accept this server's key.", Cure.NONE),
    NOT_FOUND("model-not-found", "The provider does not know the model that this server asks for.", Cure.NONE),
    REFUSED("model-refused", "The model's provider refused the question.", Cure.NONE),
    RESTING("model-resting", "The model failed too often just now and is left alone for a moment.", Cure.LATER),
    FULL("model-full", "This server is asking the model too many questions at once.", Cure.LATER),
    EMPTY("model-empty", "The model ended its answer without saying anything.", Cure.LATER),
    DECLINED("model-declined", "The model declined to answer this question.", Cure.NONE),
    STOPPED("model-stopped", "The answer was stopped.", Cure.NONE);

    /**
     * Nothing helps; it helps to wait, though the provider is not at fault, or was counted out already; it helps to wait, as the provider is
     * unwell; it may help to ask again at once, as others do.
     */
    private enum Cure {
        NONE,
        LATER,
        WAIT,
        ASK_AGAIN
    }

    private final String code;
    private final String sentence;
    private final Cure cure;

    Fault(String code, String sentence, Cure cure) {
        this.code = code;
        this.sentence = sentence;
        this.cure = cure;
    }

    /** What an HTTP status other than 200 means. */
    static Fault ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> UNAUTHORIZED;
            case 404 -> NOT_FOUND;
            case 429 -> BUSY;
            default -> status >= 500 ? ERROR : REFUSED;
        };
    }

    String code() {
        return code;
    }

    ModelFailed failure() {
        return failure(null, null);
    }

    ModelFailed failure(Throwable cause) {
        return failure(null, cause);
    }

    /** @param retryAfter when the provider wants to be asked again, or {@code null}. Then nobody asks earlier. */
    ModelFailed failure(Duration retryAfter, Throwable cause) {
        return switch (cure) {
            case NONE, LATER -> new ModelFailed(code, sentence, cure == Cure.LATER, retryAfter, cause);
            case WAIT -> new ModelFailed.Unwell(code, sentence, retryAfter, cause);
            case ASK_AGAIN -> new ModelFailed.Passing(code, sentence, retryAfter, cause);
        };
    }
}
