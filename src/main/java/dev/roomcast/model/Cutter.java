package dev.roomcast.model;

/**
 * Ends one call at any moment, by whatever way its maker named, or will name: who cuts first ends it as soon as it is made.
 * Guarded by itself.
 */
final class Cutter {

    private Runnable way;
    private boolean cut;

    /** The call is being made, and this ends it. */
    void by(Runnable way) {
        synchronized (this) {
            this.way = way;
            if (!cut) {
                return;
            }
        }
        way.run();
    }

    void cut() {
        Runnable known;
        synchronized (this) {
            cut = true;
            known = way;
        }
        if (known != null) {
            known.run();
        }
    }
}
