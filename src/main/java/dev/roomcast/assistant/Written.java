package dev.roomcast.assistant;

import dev.roomcast.model.ModelStream;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Reason;

/**
 * What of one answer is in the log: how long it is, what proves it, what it cost, and so what is said of it at its end. Guarded by its
 * {@link Answer}, but for {@link #asked}, which the writer may call at any time.
 */
final class Written {

    private final Digest digest = new Digest();
    private final Cost cost = new Cost();
    private int length;

    int length() {
        return length;
    }

    /** The provider is asked this much. */
    void asked(int tokens) {
        cost.asked(tokens);
    }

    /** This is in the log now. */
    void add(String piece) {
        length += piece.length();
        digest.add(piece);
        cost.said(piece);
    }

    /** Prompt and answer together, as far as anybody knows. */
    long tokens() {
        return cost.tokens();
    }

    Outcome complete(ModelStream.Ending ending) {
        cost.counted(ending.usage());
        boolean atItsEnd = ending.finish().equals("stop") || ending.finish().equals("unknown");
        String finish = atItsEnd ? null : ending.finish();
        return new Outcome(Status.COMPLETE, null, null, finish, ending.model(), length, digest.value(), cost.usage());
    }

    /** @param usage as the provider counted it, or {@code null} */
    Outcome failed(Reason reason, ModelStream.Usage usage) {
        if (usage != null) {
            cost.counted(usage);
        } else if (length == 0) {
            cost.nothing();
        }
        return outcome(Status.FAILED, null, reason);
    }

    Outcome interrupted(Reason reason) {
        return outcome(Status.INTERRUPTED, null, reason);
    }

    /** @param by who stopped it, or {@code null} for the server */
    Outcome cancelled(String by) {
        return outcome(Status.CANCELLED, by, null);
    }

    private Outcome outcome(Status status, String by, Reason reason) {
        return new Outcome(status, by, reason, null, length, digest.value(), cost.usage());
    }
}
