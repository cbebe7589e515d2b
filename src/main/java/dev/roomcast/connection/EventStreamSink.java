package dev.roomcast.connection;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * Writes to an SSE response, on a thread of {@link EventStreamWriters}, since some servers block while the reader does not read.
 * Whoever is let go gives the thread back at once: it is interrupted, since closing alone ends no write, on Payara for 30 s.
 *
 * <p>Thread-safe; {@code this} guards {@link #writer} and {@link #abandoned}.
 */
final class EventStreamSink implements Sink {

    private static final System.Logger LOG = System.getLogger(EventStreamSink.class.getName());

    /** Proxies take the silence of a response for its end. What is due is seen at the next look, within fifteen seconds. */
    private static final long LONGEST_SILENCE =
            Duration.ofSeconds(14).minus(Connections.LOOK).toNanos();

    private final SseEventSink sink;
    private final Sse sse;
    private final EventStreamWriters writers;
    private volatile Runnable written = () -> {};
    private volatile Runnable letGo = () -> {};
    private Thread writer;
    private boolean abandoned;

    EventStreamSink(SseEventSink sink, Sse sse, EventStreamWriters writers) {
        this.sink = sink;
        this.sse = sse;
        this.writers = writers;
    }

    /** The only sign of life that a reader gives here is that it takes what it is sent. */
    void onWritten(Runnable listener) {
        written = listener;
    }

    /** Others need the thread that a write to this reader keeps. The listener must not block. */
    void onCrowdedOut(Runnable listener) {
        letGo = listener;
    }

    @Override
    public void write(Frame frame, Completion done) {
        writers.write(() -> send(frame, done), letGo);
    }

    @Override
    public long longestSilence() {
        return LONGEST_SILENCE;
    }

    private void send(Frame frame, Completion done) {
        if (!begin()) {
            done.done(new CancellationException("Let go before it was written."));
            return;
        }
        try {
            sendNow(frame, done);
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        writer = abandoned ? null : Thread.currentThread();
        return !abandoned;
    }

    private synchronized void end() {
        writer = null;
        Thread.interrupted(); // it was meant for this write, and not for the next one on this thread
    }

    private synchronized void abandon() {
        abandoned = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    private void sendNow(Frame frame, Completion done) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (frame == Frame.PING) {
            event.comment("");
        } else {
            event.data(String.class, frame.text());
            if (frame.position() != null) {
                event.id(frame.position());
            }
        }
        try {
            sink.send(event.build()).whenComplete((result, failure) -> {
                if (failure == null) {
                    written.run();
                }
                done.done(failure);
            });
        } catch (RuntimeException e) {
            done.done(e); // closed already
        }
    }

    @Override
    public void close(Closing why) {
        if (why == Closing.STALLED || why == Closing.LOST) {
            abandon();
        }
        try {
            if (why != Closing.LOST && why != Closing.STALLED && !sink.isClosed()) {
                sink.send(sse.newEventBuilder()
                        .name("close")
                        .data(String.class, Json.write(json -> {
                            json.writeNumberField("code", why.code());
                            json.writeStringField("reason", why.reason());
                        }))
                        .build());
            }
            sink.close();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "The reader was gone already", e);
        }
    }
}
