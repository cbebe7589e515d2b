package dev.roomcast.model.demo;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends one answer in its time, without a thread of its own: a timer wakes it when tokens are due, the container when it
 * can write again. Never blocks, so one timer serves all answers, and a reader that stalls harms nobody.
 *
 * <p>Both may come at the same time, and the container even from within a call to it; {@code wakeUps} lets only one in, who
 * goes around once more for all others. So no lock is held while calling out.
 */
final class DemoStream implements WriteListener, AsyncListener {

    /** Tokens that are due within one tick are sent together. */
    private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(5);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final DemoScore score;
    private final ScheduledExecutorService timer;
    private final Runnable whenOver;
    private final long start = System.nanoTime();
    private final AtomicInteger wakeUps = new AtomicInteger();

    // Owned by whoever was let in by wakeUps.
    private byte[] waiting = {};
    private boolean unflushed;
    private boolean over;

    private volatile boolean blocked; // isReady() said no, so the container will call
    private volatile boolean abandoned; // nobody reads any more

    DemoStream(AsyncContext context, DemoScore score, ScheduledExecutorService timer, Runnable whenOver)
            throws IOException {
        this.context = context;
        this.out = context.getResponse().getOutputStream();
        this.score = score;
        this.timer = timer;
        this.whenOver = whenOver;
    }

    void start() {
        context.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        blocked = false;
        wakeUp();
    }

    private void tick() {
        if (!blocked) {
            wakeUp();
        }
    }

    private void wakeUp() {
        if (wakeUps.getAndIncrement() != 0) {
            return; // whoever is in goes around once more
        }
        int seen = 1;
        do {
            try {
                play();
            } catch (IOException | RuntimeException e) {
                end(); // writing fails when the reader is gone
            }
            seen = wakeUps.addAndGet(-seen);
        } while (seen != 0);
    }

    private void play() throws IOException {
        if (abandoned) {
            end();
        }
        while (!over) {
            if (!out.isReady()) {
                blocked = true;
                return;
            }
            blocked = false;
            if (waiting.length > 0) {
                byte[] bytes = waiting;
                waiting = new byte[0];
                unflushed = true;
                out.write(bytes);
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (score.isOver()) {
                end();
            } else {
                waiting = score.due(elapsed());
                if (waiting.length == 0 && !score.isOver()) {
                    sleep(score.dueIn(elapsed()));
                    return;
                }
            }
        }
    }

    private void sleep(long nanos) {
        if (nanos != Long.MAX_VALUE) {
            timer.schedule(this::tick, Math.max(nanos, SHORTEST_TICK), TimeUnit.NANOSECONDS);
        }
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        whenOver.run();
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container did, as the connection is gone.
        }
    }

    @Override
    public void onError(Throwable failure) {
        abandon();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        abandon();
    }

    @Override
    public void onError(AsyncEvent event) {
        abandon();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /** The connection is of no use any more. */
    private void abandon() {
        abandoned = true;
        wakeUp();
    }
}
