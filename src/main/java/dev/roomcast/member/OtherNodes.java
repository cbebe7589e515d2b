package dev.roomcast.member;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks the other nodes for what only one of them can do, such as something with a connection that it holds. Thread-safe; does not block. */
public interface OtherNodes {

    /** There are none. */
    OtherNodes NONE = new OtherNodes() {
        @Override
        public boolean any() {
            return false;
        }

        @Override
        public void answer(String subject, Function<String, String> answer) {}

        @Override
        public CompletionStage<Optional<String>> ask(String subject, String question) {
            return CompletableFuture.completedStage(Optional.empty());
        }
    };

    /** Whether there may be any: then others can go on with what this one leaves. */
    boolean any();

    /**
     * From now on this node answers the questions of others on this subject.
     *
     * @param answer {@code null} if another node has to know; must not block
     */
    void answer(String subject, Function<String, String> answer);

    /** The first answer of another node; empty if none comes within a moment. Never completes exceptionally. */
    CompletionStage<Optional<String>> ask(String subject, String question);
}
