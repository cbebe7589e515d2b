package dev.roomcast.connection;

import dev.roomcast.member.Roster;

/**
 * Who is here, as it was last told to the room: as a change for those who had the version before, and in full for the others.
 * Encoded once. Immutable, but for the full frame, which is made when first wanted; two threads may both make it.
 */
final class PresenceFrames {

    private final Roster.View view;
    private final long before;
    private final Frame change;
    private Frame full;

    /**
     * @param before the version that was told before
     * @param changes since then, or {@code null} if nobody knows
     */
    PresenceFrames(Roster.View view, long before, Roster.Changes changes) {
        this.view = view;
        this.before = before;
        this.change = changes == null ? null : Frames.presence(view, changes);
    }

    long version() {
        return view.version();
    }

    PresenceTold told() {
        return PresenceTold.of(view);
    }

    /** For a reader who was told {@code version}. A change may be applied to any version that it reaches back to. */
    Frame since(long version) {
        if (change != null && version >= before) {
            return change;
        }
        Frame made = full;
        if (made == null) {
            made = Frames.presence(view, null);
            full = made;
        }
        return made;
    }
}
