package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One answer as the provider's events tell it: its text, how it ended, the tokens used.
 *
 * <p>Confined to one thread.
 */
final class ChatAnswer implements EventStreamReader.Events {

    private static final String UNKNOWN = "unknown";
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

    /** What a provider may call its reason to end: it goes out as it is. */
    private static final Pattern REASON = Pattern.compile("[A-Za-z_-]{1,40}");

    /** Some that run into trouble end with one of these, and with no error beside it. What came is not all of it. */
    private static final Set<String> TROUBLE = Set.of("error", "abort", "insufficient_system_resource");

    private final Dialect dialect;
    private final Thoughts thoughts;
    private final WellFormedText text = new WellFormedText();
    private final ChunkMould mould = new ChunkMould();
    private int texts; // in this chunk
    private int textFrom;
    private int textTo;
    private long steps;
    private String finish;
    private ModelStream.Usage usage;
    private boolean refused;
    private boolean done;

    ChatAnswer(Dialect dialect, Thoughts thoughts) {
        this.dialect = dialect;
        this.thoughts = thoughts;
    }

    @Override
    public void event(byte[] data, int offset, int length) throws ModelFailed {
        if (length == 0 || done) {
            return;
        }
        if (Arrays.equals(data, offset, offset + length, DONE, 0, DONE.length)) {
            done = true;
            return;
        }
        String repeated = mould.textOf(data, offset, length);
        if (repeated != null) {
            text.append(repeated);
            steps += repeated.length();
            return;
        }
        if (!understood(data, offset, length)) {
            // Bad UTF-8 costs its characters, as the standard has it, and not the answer.
            byte[] repaired = new String(data, offset, length, UTF_8).getBytes(UTF_8);
            if (!understood(repaired, 0, repaired.length)) {
                throw Fault.GARBLED.failure();
            }
        }
        if (finish != null && TROUBLE.contains(finish)) { // only now: an error in the same event tells more
            throw failed(Fault.ERROR);
        }
    }

    private boolean understood(byte[] data, int offset, int length) throws ModelFailed {
        int before = text.length();
        long stepsBefore = steps;
        String finishBefore = finish;
        ModelStream.Usage usageBefore = usage;
        boolean refusedBefore = refused;
        boolean doneBefore = done;
        texts = 0;
        try {
            dialect.read(data, offset, length, this);
            if (texts == 1) {
                mould.remember(data, offset, length, textFrom, textTo);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            // Half an event is none. Least of all it is the end: what it lost would not be missed.
            text.cutBackTo(before);
            steps = stepsBefore;
            finish = finishBefore;
            usage = usageBefore;
            refused = refusedBefore;
            done = doneBefore;
            return false;
        }
    }

    void text(char[] chars, int offset, int length) {
        text.append(chars, offset, length);
        steps += length;
        texts++;
    }

    /** Where in the chunk the text is that came last, without its quotation marks. */
    void textWas(long from, long to) {
        textFrom = (int) from;
        textTo = (int) to;
    }

    /** The provider said something that is no text: that it is thinking, for example. */
    void step() {
        steps++;
    }

    /** In place of an answer, or of the rest of one, the model says why it gives none. */
    void refuse() {
        refused = true;
        steps++;
    }

    /** The text is complete. */
    void finish(String reason) {
        finish = REASON.matcher(reason).matches() ? reason : UNKNOWN;
    }

    /** Nothing follows. */
    void end() {
        done = true;
    }

    /** Tokens used. None at all are none that were counted: no prompt is empty. */
    void usage(int promptTokens, int completionTokens) {
        if (promptTokens > 0 || completionTokens > 0) {
            usage = new ModelStream.Usage(promptTokens, completionTokens);
        }
    }

    /** Tokens used, told bit by bit: what is more than before is taken. */
    void usageGrows(int promptTokens, int completionTokens) {
        usage(
                Math.max(promptTokens, usage == null ? 0 : usage.promptTokens()),
                Math.max(completionTokens, usage == null ? 0 : usage.completionTokens()));
    }

    /** An error outweighs an end that was announced before it. */
    ModelFailed failed(Fault fault) {
        finish = null;
        return fault.failure();
    }

    /** The text that came since the last call. May be empty. */
    String take() {
        return thoughts.leaveOut(finished() ? text.takeAll() : text.take(), finished());
    }

    /** Characters that {@link #take()} did not give yet. */
    int unread() {
        return text.length();
    }

    /** Grows whenever the answer did. Comments, pings and empty pieces do not count. */
    long steps() {
        return steps;
    }

    /** The provider said that the answer is complete. The tokens used may still follow. */
    boolean finished() {
        return finish != null || done;
    }

    /** Nothing follows. */
    boolean done() {
        return done;
    }

    ModelStream.Ending ending() {
        String reason = finish == null ? UNKNOWN : finish;
        return new ModelStream.Ending(refused ? ModelStream.Ending.FILTERED : reason, usage);
    }
}
