package dev.roomcast.model;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * One answer of an OpenAI-shaped provider, from the first attempt to the end.
 *
 * <p>One thread asks and reads. Any other may end it by {@link #close()}, also before the provider has replied at all;
 * the watch ends it when it was silent for too long.
 */
final class OpenAiStream implements ModelStream, StallWatch.Watched {

    /** The tokens used may follow the text; who makes us wait longer for them is not listened to. */
    private static final Duration EPILOGUE = Duration.ofSeconds(2);

    /** How long a connection may take to end after its answer, to be of use for another one. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final long NEVER = Long.MAX_VALUE;

    private final Provider provider;
    private final Upstreams upstreams;
    private final ProviderGate gate;
    private final StallWatch watch;
    private final byte[] question;

    // Shared with those who end it: why, what is to be cut (whoever takes it out decides about it), and when.
    private final AtomicReference<Fault> ended = new AtomicReference<>();
    private final AtomicReference<Upstream> upstream = new AtomicReference<>();
    private volatile long deadline = NEVER;

    // Written by the reading thread; volatile for the one that closes.
    private volatile OpenAiCall call;
    private ModelFailed failure;

    OpenAiStream(Provider provider, Upstreams upstreams, ProviderGate gate, StallWatch watch, byte[] question) {
        this.provider = provider;
        this.upstreams = upstreams;
        this.gate = gate;
        this.watch = watch;
        this.question = question;
    }

    @Override
    public String next() throws ModelFailed {
        if (failure != null) {
            throw failure;
        }
        try {
            if (call == null) {
                allow(provider.firstToken());
                return open();
            }
            allow(call.isFinished() ? EPILOGUE : provider.stall());
            return read(call);
        } catch (ModelFailed e) {
            failure = e;
            throw e;
        } finally {
            deadline = NEVER; // a slow reader is not a silent provider
        }
    }

    private String open() throws ModelFailed {
        watch.add(this);
        // Added first, then looked: whoever closed it earlier did not find it there to remove.
        if (ended.get() != null) {
            watch.remove(this);
            throw ended.get().failure();
        }
        try {
            return gate.open(this);
        } catch (CircuitBreakerOpenException e) {
            throw Fault.RESTING.failure(Duration.ofMillis(ProviderGate.REST_MS), e);
        } catch (BulkheadException e) {
            throw Fault.FULL.failure(e);
        }
    }

    /** One attempt, up to the first piece; {@code null} if the answer is empty. A failed one leaves nothing behind. */
    String attempt() throws ModelFailed {
        URI endpoint = provider.endpoint();
        if (endpoint == null) {
            throw Fault.UNREACHABLE.failure();
        }
        Upstream ready = upstreams.take();
        boolean kept = ready.isKept();
        try {
            return attempt(endpoint, ready);
        } catch (ModelFailed e) {
            if (!kept || ended.get() != null || !e.code().equals(Fault.UNREACHABLE.code())) {
                throw e;
            }
            // Its connection may have been closed since the last answer, which says nothing about the provider.
            return attempt(endpoint, upstreams.make());
        }
    }

    private String attempt(URI endpoint, Upstream ready) throws ModelFailed {
        OpenAiCall attempt = new OpenAiCall(ready);
        upstream.set(ready);
        call = attempt;
        try {
            // Set first, then look: an end in between must not be missed.
            if (ended.get() != null) {
                throw ended.get().failure();
            }
            attempt.ask(endpoint, provider.key(), question);
            return read(attempt);
        } catch (ModelFailed e) {
            cut();
            throw ended.get() == null ? e : ended.get().failure(e);
        }
    }

    private String read(OpenAiCall call) throws ModelFailed {
        while (true) {
            if (ended.get() != null && !call.isComplete()) {
                call.end(ended.get().failure(call.failure()));
            }
            String piece = call.text();
            if (!piece.isEmpty()) {
                return piece;
            }
            if (call.isComplete()) {
                return null;
            }
            if (call.failure() != null) {
                throw call.failure();
            }
            boolean wasFinished = call.isFinished();
            long before = call.steps();
            call.fill();
            if (call.isFinished() && !wasFinished) {
                allow(EPILOGUE);
            } else if (call.steps() > before) {
                allow(provider.stall());
            }
        }
    }

    @Override
    public Ending ending() {
        OpenAiCall last = call;
        if (last == null || !last.isComplete()) {
            throw new IllegalStateException("The answer has not ended");
        }
        return last.ending();
    }

    @Override
    public void close() {
        boolean first = ended.compareAndSet(null, Fault.STOPPED);
        OpenAiCall last = call;
        if (first && last != null && last.isComplete()) {
            allow(FAREWELL);
            if (last.isDrained()) {
                Upstream mine = upstream.getAndSet(null);
                if (mine != null) {
                    upstreams.giveBack(mine);
                }
            }
        }
        cut();
        watch.remove(this);
    }

    @Override
    public boolean isOverdue(long now) {
        long until = deadline;
        return until != NEVER && now - until > 0;
    }

    @Override
    public void expire() {
        ended.compareAndSet(null, Fault.STALLED);
        cut();
    }

    private void cut() {
        Upstream mine = upstream.getAndSet(null);
        if (mine != null) {
            upstreams.cut(mine);
        }
    }

    private void allow(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
    }
}
