package dev.roomcast.room;

import java.util.Locale;

/**
 * How an answer ended.
 *
 * @param by the userId of who cancelled it, or {@code null}
 * @param reason why it failed or was interrupted, or {@code null}
 * @param finish the provider's reason to end it where it did ({@code length}, {@code content_filter}, …), or {@code null} if the answer was at its end
 * @param answeredBy the model that answered, if it is not the one that was asked; else {@code null}
 * @param length of the whole text, in UTF-16 code units; in a draft perhaps {@link #ofTheLog}
 * @param digest of the whole text, see {@link Digest}
 * @param usage tokens, or {@code null} if nothing is known
 */
public record Outcome(
        Status status,
        String by,
        Reason reason,
        String finish,
        String answeredBy,
        int length,
        int digest,
        Usage usage) {

    private static final int OF_THE_LOG = -1;

    /** By the model that was asked. */
    public Outcome(Status status, String by, Reason reason, String finish, int length, int digest, Usage usage) {
        this(status, by, reason, finish, null, length, digest, usage);
    }

    /** Of a question that waited and never began, by whom it was taken back, or {@code null}. */
    public static Outcome withdrawn(String by) {
        return neverBegun(Status.CANCELLED, by, null);
    }

    /** Of a question that waited and never began. */
    public static Outcome neverBegun(Status status, Reason reason) {
        return neverBegun(status, null, reason);
    }

    private static Outcome neverBegun(Status status, String by, Reason reason) {
        return new Outcome(status, by, reason, null, 0, new Digest().value(), null);
    }

    /** The same, of another text. */
    public Outcome of(int length, int digest) {
        return new Outcome(status, by, reason, finish, answeredBy, length, digest, usage);
    }

    /** The same, at this cost. */
    public Outcome costing(Usage usage) {
        return new Outcome(status, by, reason, finish, answeredBy, length, digest, usage);
    }

    /** The same, of whatever text the log has when it is appended: for those who do not write the answer. */
    public Outcome ofTheLog() {
        return of(OF_THE_LOG, 0);
    }

    public boolean takesTextOfLog() {
        return length == OF_THE_LOG;
    }

    /** Why, for programs, or {@code null}. */
    public String code() {
        return reason == null ? null : reason.code();
    }

    /** Why, for people, or {@code null}. */
    public String message() {
        return reason == null ? null : reason.message();
    }

    /** Every answer ends in exactly one of these. */
    public enum Status {
        COMPLETE,
        CANCELLED,
        FAILED,
        INTERRUPTED;

        private final String wire = name().toLowerCase(Locale.ROOT);

        public String wire() {
            return wire;
        }
    }

    /** Tokens of the prompt and of the answer, as the provider counted them, or as we {@code estimated}. */
    public record Usage(int promptTokens, int completionTokens, boolean estimated) {}
}
