package dev.roomcast.connection;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** What a client sends while a room is being opened for it: kept, in order, until then. Thread-safe; {@code this} guards all of it. */
final class Backlog {

    private static final int MAX = 16;

    private final ArrayDeque<String> frames = new ArrayDeque<>();
    private boolean held;
    private boolean running;

    /** From now on what comes is kept. */
    synchronized void hold() {
        held = true;
    }

    /**
     * @return whether the frame was kept; else it is the caller's to run
     * @throws Refused ({@code rate-limited}) if too much is kept already
     */
    synchronized boolean keep(String frame) {
        if (!held && !running) {
            return false;
        }
        if (frames.size() >= MAX) {
            throw new Refused(Code.RATE_LIMITED, "Too much was sent before the room was open.");
        }
        frames.add(frame);
        return true;
    }

    /** Runs what was kept, until there is nothing left, or one of it makes the rest wait again. */
    void release(Consumer<String> run) {
        synchronized (this) {
            held = false;
            running = true;
        }
        String frame;
        while ((frame = next()) != null) {
            run.accept(frame);
        }
    }

    private synchronized String next() {
        String frame = held ? null : frames.poll();
        running = frame != null;
        return frame;
    }
}
