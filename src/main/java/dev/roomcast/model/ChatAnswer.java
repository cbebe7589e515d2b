package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * One answer as the provider's events tell it: its text, how it ended, the tokens used.
 *
 * <p>Confined to one thread.
 */
final class ChatAnswer implements EventStreamReader.Events {

    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

    private final WellFormedText text = new WellFormedText();
    private final ChunkMould mould = new ChunkMould();
    private int texts; // in this chunk
    private int textFrom;
    private int textTo;
    private long steps;
    private String finish;
    private ModelStream.Usage usage;
    private boolean done;

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
    }

    private boolean understood(byte[] data, int offset, int length) throws ModelFailed {
        int before = text.length();
        texts = 0;
        try {
            ChatChunk.read(data, offset, length, this);
            if (texts == 1) {
                mould.remember(data, offset, length, textFrom, textTo);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            text.cutBackTo(before); // half an event is none
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

    void finish(String reason) {
        finish = reason;
    }

    void usage(int promptTokens, int completionTokens) {
        usage = new ModelStream.Usage(promptTokens, completionTokens);
    }

    /** An error outweighs an end that was announced before it. */
    ModelFailed failed(Fault fault) {
        finish = null;
        return fault.failure();
    }

    /** The text that came since the last call. May be empty. */
    String take() {
        return finished() ? text.takeAll() : text.take();
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
        return new ModelStream.Ending(finish == null ? "unknown" : finish, usage);
    }
}
