package dev.roomcast.journal;

import dev.roomcast.room.Nodes;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A server that is one node: what is not written here is not written. Immutable. */
final class OneNode implements Nodes {

    @Override
    public void attend(Writer writer) {
        // There is nobody to be told by.
    }

    @Override
    public CompletionStage<Boolean> stop(RoomId room, String answerId, Wish wish) {
        return CompletableFuture.failedStage(new Refused(Refused.Code.NO_SUCH_ANSWER, "This answer is not under way."));
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
