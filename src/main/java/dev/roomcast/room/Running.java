package dev.roomcast.room;

/**
 * An answer under way, as of one position of the log. Immutable: going on makes a new one that shares what came before,
 * so that a snapshot costs nothing until its text is wanted. Only short pieces at its end are copied.
 */
public final class Running {

    /** Pieces up to this long become one: kept apart, those of one character would cost a hundred times their text. */
    private static final int JOINED = 256;

    private final long time;
    private final String re;
    private final Question question;
    private final long holds;
    private final Running before;
    private final String piece;
    private final int length;

    private Running(long time, String re, Question question, long holds, Running before, String piece, int length) {
        this.time = time;
        this.re = re;
        this.question = question;
        this.holds = holds;
        this.before = before;
        this.piece = piece;
        this.length = length;
    }

    static Running begin(long time, String re, Content.AnswerStarted start) {
        return new Running(time, re, start.question(), start.holds(), null, "", 0);
    }

    Running and(String more) {
        int longer = length + more.length();
        return piece.length() + more.length() <= JOINED
                ? new Running(time, re, question, holds, before, piece + more, longer)
                : new Running(time, re, question, holds, this, more, longer);
    }

    /** How many pieces its text is kept in, for tests. */
    int pieces() {
        int pieces = 0;
        for (Running at = this; at != null; at = at.before) {
            pieces++;
        }
        return pieces;
    }

    /** When it began: when it was asked, unless it waited. */
    public long time() {
        return time;
    }

    /** The {@code id} of the command that asked, or {@code null}. */
    public String re() {
        return re;
    }

    public Question question() {
        return question;
    }

    /** Tokens that it holds of the room's {@link Ration}. */
    public long holds() {
        return holds;
    }

    /** Length of the text so far, in UTF-16 code units. */
    public int length() {
        return length;
    }

    /** The text so far. Costs its length: the pieces are kept apart until somebody asks. */
    public String text() {
        char[] text = new char[length];
        int end = length;
        for (Running at = this; at != null; at = at.before) {
            end -= at.piece.length();
            at.piece.getChars(0, at.piece.length(), text, end);
        }
        return new String(text);
    }
}
