package dev.roomcast.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * One answer of one provider, from the first attempt to the end.
 *
 * <p>One thread asks and reads. Any other may end it by {@link #close()}, also before the provider has replied at all;
 * the watch ends it when it was silent for too long.
 */
final class ProviderStream implements ModelStream, StallWatch.Watched {

    /** The tokens used may follow the text; who makes us wait longer for them is not listened to. */
    private static final Duration EPILOGUE = Duration.ofSeconds(2);

    /** How long a connection may take to end after its answer, to be of use for another one. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** Whose call was ended gets to know it at once, unless it waits for something that cannot be ended. */
    private static final Duration COMING_LOOSE = Duration.ofSeconds(1);

    private static final long NEVER = Long.MAX_VALUE;

    private final Supplier<Call> calls;
    private final ProviderGate gate;
    private final Semaphore places;
    private final StallWatch watch;
    private final Patience patience;

    // Shared with those who end it: why, that it was, and when it will be.
    private final AtomicReference<Fault> ended = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean seated = new AtomicBoolean();
    private volatile long deadline = NEVER;
    private volatile long expired = NEVER;

    // Written by the reading thread; volatile for the one that closes.
    private volatile Thread reader;
    private volatile Call call;
    private Backoff backoff;
    private ModelFailed failure;

    ProviderStream(Supplier<Call> calls, ProviderGate gate, Semaphore places, StallWatch watch, Patience patience) {
        this.calls = calls;
        this.gate = gate;
        this.places = places;
        this.watch = watch;
        this.patience = patience;
    }

    @Override
    public String next() throws ModelFailed {
        if (failure != null) {
            throw failure;
        }
        try {
            if (backoff == null) {
                return open();
            }
            allow(call.isFinished() ? EPILOGUE : patience.stall());
            return read(call);
        } catch (ModelFailed e) {
            failure = e;
            throw e;
        } finally {
            deadline = NEVER; // a slow reader is not a silent provider
        }
    }

    private String open() throws ModelFailed {
        reader = Thread.currentThread();
        backoff = new Backoff(System.nanoTime() + patience.firstToken().toNanos());
        deadline = backoff.until();
        if (!places.tryAcquire()) {
            throw Fault.FULL.failure();
        }
        seated.set(true);
        watch.add(this);
        // Added first, then looked: whoever closed it earlier did not find it there to remove.
        if (ended.get() != null) {
            leave();
            throw ended.get().failure();
        }
        try {
            return gate.open(this::attempt);
        } catch (CircuitBreakerOpenException e) {
            throw Fault.RESTING.failure(gate.rest(), e);
        } catch (BulkheadException e) {
            throw Fault.FULL.failure(e);
        }
    }

    /** One attempt, up to the first piece. A failed one leaves nothing behind. */
    private String attempt() throws ModelFailed {
        pause(backoff.next(System.nanoTime()));
        deadline = backoff.until();
        Call attempt = calls.get();
        call = attempt;
        try {
            // Set first, then look: an end in between must not be missed.
            if (ended.get() != null) {
                throw ended.get().failure();
            }
            attempt.ask();
            String first = read(attempt);
            if (first == null) {
                throw silence(attempt.ending()).failure().used(attempt.ending().usage());
            }
            return first;
        } catch (ModelFailed e) {
            attempt.cut();
            Fault end = ended.get();
            // Who refused was not silent: only the rest of the refusal did not come.
            if (end != null && !(end == Fault.STALLED && e.code().equals(Fault.REFUSED.code()))) {
                throw end.failure(e);
            }
            throw backoff.failed(e, System.nanoTime());
        }
    }

    /** Nobody can read nothing, so it is told why there is nothing. */
    private static Fault silence(Ending ending) {
        return ending.finish().equals(Ending.FILTERED) ? Fault.DECLINED : Fault.EMPTY;
    }

    private void pause(long nanos) throws ModelFailed {
        try {
            if (nanos > 0 && over.await(nanos, TimeUnit.NANOSECONDS)) {
                throw ended.get().failure();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.STOPPED.failure(e);
        }
    }

    private String read(Call call) throws ModelFailed {
        long thoughtOut = System.nanoTime() + patience.thinking().toNanos();
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
                allow(patience.stall());
                deadline = deadline - thoughtOut > 0 ? thoughtOut : deadline;
            }
        }
    }

    @Override
    public Ending ending() {
        Call last = call;
        if (last == null || !last.isComplete()) {
            throw new IllegalStateException("The answer has not ended");
        }
        return last.ending();
    }

    @Override
    public void close() {
        boolean first = ended.compareAndSet(null, Fault.STOPPED);
        over.countDown();
        Call last = call;
        try {
            // To leave, what follows the end has to be read: nobody waits for that who only wanted it to end.
            if (first && last != null && last.isComplete() && Thread.currentThread() == reader) {
                allow(FAREWELL);
                last.leave();
            }
            if (last != null) {
                last.cut();
            }
        } finally {
            leave();
        }
    }

    private void leave() {
        watch.remove(this);
        if (seated.getAndSet(false)) {
            places.release();
        }
    }

    @Override
    public boolean isOverdue(long now) {
        long until = deadline;
        return until != NEVER && now - until > 0;
    }

    @Override
    public void expire() {
        if (ended.compareAndSet(null, Fault.STALLED)) {
            expired = System.nanoTime();
        }
        over.countDown();
        Call last = call;
        if (last != null) {
            last.cut();
        }
    }

    @Override
    public ModelFailed stuck() {
        long since = expired;
        boolean reading = deadline != NEVER;
        boolean late = since != NEVER && System.nanoTime() - since > COMING_LOOSE.toNanos();
        return reading && late ? Fault.STALLED.failure() : null;
    }

    private void allow(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
    }
}
