package dev.roomcast.model;

import java.util.Arrays;

/**
 * Reads a <code>text/event-stream</code> as the WHATWG HTML standard says (section 9.2.6), fed with bytes as they come
 * from the network, however they were cut: inside a line ending, a character or the byte order mark.
 *
 * <p>Only {@code data} is kept. {@code event}, {@code id} and {@code retry} are read over, because what a provider says
 * with them it says in the data, too. An event that is unfinished when the stream ends is discarded: simply stop feeding.
 *
 * <p>Confined to one thread.
 */
final class EventStreamReader {

    /** The longest data of one event, in bytes. More is no answer of a model but an attack on our memory. */
    static final int MAX_EVENT = 1 << 20;

    /** Takes the data of one event: UTF-8 bytes that are valid during the call only. May be of length 0. */
    interface Events {
        void event(byte[] data, int offset, int length) throws ModelFailed;
    }

    /** Where in a line the next byte stands. */
    private enum At {
        MARK,
        LINE_START,
        NAME,
        VALUE_START,
        VALUE,
        IGNORED
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};

    private final Events events;
    private At at = At.MARK;
    private int matched; // bytes of the mark or of the field's name that were as expected
    private boolean afterReturn; // the LF of a CRLF is not a second line ending
    private byte[] data = new byte[1024];
    private int length;

    EventStreamReader(Events events) {
        this.events = events;
    }

    /**
     * Takes the next bytes of the stream and hands over every event that they finish.
     *
     * @throws ModelFailed {@link Fault#OVERSIZED}, or what the taker of the events throws; the reader is of no use then
     */
    void feed(byte[] bytes, int offset, int count) throws ModelFailed {
        int end = offset + count;
        int i = offset;
        while (i < end) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                i++;
                boolean secondHalf = b == '\n' && afterReturn;
                afterReturn = b == '\r';
                if (!secondHalf) {
                    endLine();
                }
                continue;
            }
            afterReturn = false;
            if (at == At.VALUE || at == At.IGNORED) {
                int stop = endOfLine(bytes, i, end);
                if (at == At.VALUE) {
                    append(bytes, i, stop - i);
                }
                i = stop;
            } else if (step(b)) {
                i++;
            }
        }
    }

    /** Looks at one byte of a line's beginning. False: look at the same byte again, from where we are now. */
    private boolean step(byte b) {
        switch (at) {
            case MARK -> {
                if (b != BYTE_ORDER_MARK[matched]) {
                    // Half a mark is part of some unknown field's name.
                    at = matched == 0 ? At.LINE_START : At.IGNORED;
                    return false;
                }
                if (++matched == BYTE_ORDER_MARK.length) {
                    at = At.LINE_START;
                }
            }
            case LINE_START -> {
                at = At.NAME;
                matched = 0;
                return false;
            }
            case NAME -> {
                if (matched == DATA.length) {
                    at = b == ':' ? At.VALUE_START : At.IGNORED;
                } else if (b == DATA[matched]) {
                    matched++;
                } else {
                    at = At.IGNORED; // a comment, or a field that we do not need
                }
            }
            case VALUE_START -> {
                at = At.VALUE;
                return b == ' ';
            }
            default -> throw new IllegalStateException(at.name());
        }
        return true;
    }

    private void endLine() throws ModelFailed {
        At was = at;
        at = At.LINE_START;
        switch (was) {
            case LINE_START -> dispatch();
            case NAME -> {
                if (matched == DATA.length) {
                    newLine(); // a field without colon has an empty value
                }
            }
            case VALUE_START, VALUE -> newLine();
            case MARK, IGNORED -> {}
        }
    }

    private void dispatch() throws ModelFailed {
        if (length > 0) {
            int withoutLastNewLine = length - 1;
            length = 0;
            events.event(data, 0, withoutLastNewLine);
        }
    }

    private void newLine() throws ModelFailed {
        room(1);
        data[length++] = '\n';
    }

    private void append(byte[] bytes, int offset, int count) throws ModelFailed {
        room(count);
        System.arraycopy(bytes, offset, data, length, count);
        length += count;
    }

    private void room(int count) throws ModelFailed {
        if (count > MAX_EVENT - length) {
            throw Fault.OVERSIZED.failure();
        }
        if (length + count > data.length) {
            data = Arrays.copyOf(data, Math.max(length + count, 2 * data.length));
        }
    }

    private static int endOfLine(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }
}
