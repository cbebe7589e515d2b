package dev.roomcast.room;

import java.util.concurrent.CompletionStage;

/** A room, for those who are in it: its log. Immutable; two of the same id are the same room. */
public record Room(RoomId id, Journal journal) {

    /** See {@link Journal#open}. */
    public CompletionStage<Void> open() {
        return journal.open(id);
    }

    /** See {@link Journal#open(RoomId, Position)}. */
    public CompletionStage<Void> open(Position since) {
        return journal.open(id, since);
    }

    /** See {@link Journal#isOpen}. */
    public boolean isOpen() {
        return journal.isOpen(id);
    }

    /** See {@link Journal#append}. */
    public CompletionStage<Appended> append(Draft draft) {
        return journal.append(id, draft);
    }

    /** The room as of its head. */
    public RoomState state() {
        return journal.state(id);
    }

    /** A cursor that has everything up to {@code position}. */
    public Cursor from(Position position) {
        return new Cursor(this, position);
    }

    /** See {@link Journal#watch}. */
    public Journal.Watch watch(Runnable bell) {
        return journal.watch(id, bell);
    }
}
