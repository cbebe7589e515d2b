package dev.roomcast.room;

import java.util.concurrent.CompletionStage;

/** A log as another is, but for what a test makes of it. */
public class DelegatingJournal implements Journal {

    protected final Journal log;

    public DelegatingJournal(Journal log) {
        this.log = log;
    }

    @Override
    public CompletionStage<Void> open(RoomId room) {
        return log.open(room);
    }

    @Override
    public CompletionStage<Void> open(RoomId room, Position since) {
        return log.open(room, since);
    }

    @Override
    public CompletionStage<Appended> append(RoomId room, Draft draft) {
        return log.append(room, draft);
    }

    @Override
    public Slice read(RoomId room, Position after, int limit) {
        return log.read(room, after, limit);
    }

    @Override
    public boolean isOpen(RoomId room) {
        return log.isOpen(room);
    }

    @Override
    public RoomState state(RoomId room) {
        return log.state(room);
    }

    @Override
    public Watch watch(RoomId room, Runnable bell) {
        return log.watch(room, bell);
    }
}
