package dev.roomcast.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;

/**
 * One attempt at an answer: asks, then reads what comes until the end, or until it breaks.
 *
 * <p>Confined to the thread that reads. Another may look whether it is complete, and then drain it.
 */
final class OpenAiCall {

    /** How much of a burst is read in one go at most, in bytes. */
    private static final int LARGEST_GULP = 1 << 16;

    private final Upstream upstream;
    private final ChatAnswer answer = new ChatAnswer();
    private final EventStreamReader events = new EventStreamReader(answer);
    private final byte[] buffer = new byte[8192];
    private InputStream body;
    private boolean exhausted; // the body was read to its end
    private volatile boolean complete; // last to be written: who sees it sees the rest
    private ModelFailed failure;

    OpenAiCall(Upstream upstream) {
        this.upstream = upstream;
    }

    void ask(URI endpoint, String key, byte[] question) throws ModelFailed {
        body = upstream.ask(endpoint, key, question);
    }

    /** Reads all that is there, and waits only if that is nothing. What breaks is told by {@link #failure()}. */
    void fill() {
        try {
            int read = 0;
            do {
                int count = body.read(buffer);
                if (count < 0) {
                    exhausted = true;
                    end(Fault.CUT.failure());
                    return;
                }
                events.feed(buffer, 0, count);
                read += count;
            } while (!answer.done() && read < LARGEST_GULP && body.available() > 0);
            if (answer.done()) {
                end(null);
            }
        } catch (ModelFailed e) {
            end(e);
        } catch (IOException | RuntimeException e) {
            end((e instanceof SocketTimeoutException ? Fault.STALLED : Fault.CUT).failure(e));
        }
    }

    /** Nothing more will be read. If the provider had said that the answer is complete, it is, whatever came after that. */
    void end(ModelFailed otherwise) {
        boolean nothingIsMissing = answer.finished();
        failure = nothingIsMissing ? null : otherwise;
        complete = nothingIsMissing;
    }

    /** The text that came since the last call. May be empty. */
    String text() {
        return answer.take();
    }

    /** Why nothing more comes, or {@code null}. What came before is still to be had from {@link #text()}. */
    ModelFailed failure() {
        return failure;
    }

    /** Nothing more comes, as nothing is missing. */
    boolean isComplete() {
        return complete;
    }

    /** The text is complete, although the tokens used may still follow. */
    boolean isFinished() {
        return answer.finished();
    }

    /** Grows with each step of the answer. */
    long steps() {
        return answer.steps();
    }

    ModelStream.Ending ending() {
        return answer.ending();
    }

    /** Reads over the little that can follow the end. Only if nothing did, the connection can be used again. */
    boolean isDrained() {
        try {
            return exhausted || body.read(buffer) < 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
