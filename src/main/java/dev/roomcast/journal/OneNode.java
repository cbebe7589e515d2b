package dev.roomcast.journal;

import dev.roomcast.room.Nodes;
import java.util.function.Consumer;

/** A server that is one node: nobody else writes, nothing is shared. Immutable. */
final class OneNode implements Nodes {

    @Override
    public void attend(Writer writer) {
        // There is nobody who could leave an answer.
    }

    @Override
    public boolean isWell() {
        return true;
    }

    @Override
    public void watch(Consumer<Boolean> watcher) {
        // It never changes.
    }
}
