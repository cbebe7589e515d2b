package dev.roomcast.member;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How many connections each user has open on all nodes together. Each node knows its own, and tells. Thread-safe. */
public interface ConnectionCount {

    /** Of a node that is alone. */
    ConnectionCount ALONE = new ConnectionCount() {
        @Override
        public CompletionStage<Integer> tell(String userId, int here) {
            return CompletableFuture.completedStage(here);
        }

        @Override
        public int all(String userId, int here) {
            return here;
        }
    };

    /**
     * This user has so many on this node now. Does not block.
     *
     * @return how many there are on all nodes; at least those that this node knows of, if no other can be asked
     */
    CompletionStage<Integer> tell(String userId, int here);

    /** How many there are on all nodes, of which so many are here. May wait for a moment; see {@link #tell}. */
    int all(String userId, int here);
}
