package dev.roomcast.connection;

import dev.roomcast.member.Roster;

/**
 * Up to where a reader was told who is here. Immutable.
 *
 * @param version of the presence; 0 for nothing
 * @param shared see {@link Roster.View#shared}
 */
record PresenceTold(long version, boolean shared) {

    static final PresenceTold NOTHING = new PresenceTold(0, true);

    static PresenceTold of(Roster.View view) {
        return new PresenceTold(view.version(), view.shared());
    }

    /** As another node has noted it. */
    static PresenceTold noted(long note) {
        return new PresenceTold(Math.abs(note), note >= 0);
    }

    /** See {@link #noted}. */
    long note() {
        return shared ? version : -version;
    }

    /** The same, for a reader whom whichever node told this last: what is not shared is worth nothing but on the node that told it. */
    PresenceTold and(PresenceTold noted) {
        boolean elsewhere = noted.version > version || (noted.version == version && shared && !noted.shared);
        return elsewhere ? noted.onAnotherNode() : this;
    }

    /** What it is worth on a node that did not tell it. */
    PresenceTold onAnotherNode() {
        return shared ? this : NOTHING;
    }
}
