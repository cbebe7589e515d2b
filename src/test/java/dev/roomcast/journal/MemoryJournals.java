package dev.roomcast.journal;

import dev.roomcast.room.Journal;
import dev.roomcast.room.Nodes;

/** Journals in memory, for tests of other packages. */
public final class MemoryJournals {

    /** Events that {@link #small} keeps. */
    public static final int SMALL = 300;

    /** One that forgets soon. */
    public static Journal small() {
        return new MemoryJournal(new Retention(SMALL, 1_000_000, 3_600_000, 3_600_000), 100, System::currentTimeMillis);
    }

    /** Of one node. */
    public static Nodes alone() {
        return new OneNode();
    }

    private MemoryJournals() {}
}
