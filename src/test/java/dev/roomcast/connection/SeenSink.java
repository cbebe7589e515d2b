package dev.roomcast.connection;

import java.util.Collection;

/** A reader who takes each frame at once, and keeps its text. */
class SeenSink implements Sink {

    private final Collection<String> seen;

    SeenSink(Collection<String> seen) {
        this.seen = seen;
    }

    @Override
    public void write(Frame frame, Completion done) {
        seen.add(frame.text());
        done.done(null);
    }

    @Override
    public void close(Closing why) {}
}
