package dev.roomcast.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** An attempt at a provider over HTTP. */
final class HttpCall implements Call {

    /** How much of a burst is read in one go at most, in bytes. */
    private static final int LARGEST_GULP = 1 << 16;

    private final Provider provider;
    private final Upstreams upstreams;
    private final byte[] question;
    private final ChatAnswer answer;
    private final EventStreamReader events;
    private final byte[] buffer = new byte[8192];
    private final AtomicReference<Upstream> upstream = new AtomicReference<>(); // whoever takes it out decides about it
    private volatile boolean cut;
    private InputStream body;
    private boolean exhausted; // the body was read to its end
    private volatile boolean complete; // last to be written: who sees it sees the rest
    private ModelFailed failure;

    HttpCall(Provider provider, Upstreams upstreams, byte[] question, boolean goesOn) {
        this.provider = provider;
        this.upstreams = upstreams;
        this.question = question;
        this.answer = new ChatAnswer(provider.dialect(), provider.dialect().thoughts(goesOn));
        this.events = new EventStreamReader(answer);
    }

    @Override
    public void ask() throws ModelFailed {
        URI endpoint = provider.endpoint();
        if (endpoint == null) {
            throw Fault.UNREACHABLE.failure();
        }
        Upstream ready = upstreams.take();
        boolean kept = ready.isKept();
        try {
            ask(endpoint, ready);
        } catch (ModelFailed e) {
            if (!kept || cut || !e.code().equals(Fault.UNREACHABLE.code())) {
                throw e;
            }
            // Its connection may have been closed since the last answer, which says nothing about the provider.
            hangUp();
            ask(endpoint, upstreams.make());
        }
    }

    private void ask(URI endpoint, Upstream ready) throws ModelFailed {
        upstream.set(ready);
        // Set first, then look: a cut in between must not be missed.
        if (cut) {
            hangUp();
            throw Fault.STOPPED.failure();
        }
        body = ready.ask(endpoint, provider.headers(), question);
    }

    @Override
    public void fill() {
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

    @Override
    public void end(ModelFailed otherwise) {
        boolean nothingIsMissing = answer.finished();
        failure = nothingIsMissing ? null : otherwise;
        complete = nothingIsMissing;
    }

    @Override
    public String text() {
        return answer.take();
    }

    @Override
    public ModelFailed failure() {
        return failure;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isFinished() {
        return answer.finished();
    }

    @Override
    public long steps() {
        return answer.steps();
    }

    @Override
    public ModelStream.Ending ending() {
        return answer.ending();
    }

    @Override
    public void cut() {
        cut = true;
        hangUp();
    }

    private void hangUp() {
        Upstream mine = upstream.getAndSet(null);
        if (mine != null) {
            upstreams.cut(mine);
        }
    }

    @Override
    public void leave() {
        if (isDrained()) {
            Upstream mine = upstream.getAndSet(null);
            if (mine != null) {
                upstreams.giveBack(mine);
            }
        }
    }

    /** Reads over the little that can follow the end. Only if nothing did, the connection can be used again. */
    private boolean isDrained() {
        try {
            return exhausted || body.read(buffer) < 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
