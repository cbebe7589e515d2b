package dev.roomcast.assistant;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import dev.roomcast.room.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** How people stop answers, and take back questions that wait, on whichever node those are. Thread-safe; no method blocks. */
final class Stops {

    /** After an answer has been ended here, the node that writes it has heard so by then, and settled what it cost, if it lives. */
    private static final Duration HEARD = Duration.ofSeconds(10);

    private final Floor floor;
    private final Budget budget;
    private final Threads threads;

    Stops(Floor floor, Budget budget, Threads threads) {
        this.floor = floor;
        this.budget = budget;
        this.threads = threads;
    }

    /** See {@link Assistant#stop}. */
    CompletionStage<Boolean> stop(Room room, String by, boolean anybodys, String answerId, String commandId) {
        Running running = room.state().running().get(answerId);
        if (running == null) {
            return withdraw(room, by, anybodys, answerId, commandId)
                    .exceptionallyCompose(refused ->
                            // It may have begun just then, elsewhere.
                            LastWord.isNoSuchAnswer(refused)
                                            && room.state().running().containsKey(answerId)
                                    ? stop(room, by, anybodys, answerId, commandId)
                                    : CompletableFuture.failedStage(refused));
        }
        boolean own = new Standing(room, by, anybodys).owns(running.question());
        Answer here = floor.answers().find(answerId);
        if (here != null) {
            return here.stop(by, commandId).thenApply(told -> told && own);
        }
        return LastWord.on(room, answerId, Outcome.withdrawn(by), commandId).thenApply(ended -> {
            threads.timer().schedule(() -> budget.settleLeft(running), HEARD.toMillis(), TimeUnit.MILLISECONDS);
            return own;
        });
    }

    /** See {@link Assistant#withdraw}. */
    CompletionStage<Boolean> withdraw(Room room, String by, boolean anybodys, String answerId, String commandId) {
        Waiting waiting = room.state().waiting().get(answerId);
        if (waiting == null) {
            throw new Refused(Code.NO_SUCH_ANSWER, "There is no such question waiting, and no such answer under way.");
        }
        boolean own = new Standing(room, by, anybodys).owns(waiting.question());
        Outcome outcome = Outcome.withdrawn(by);
        return floor.drop(room, waiting.question(), outcome, commandId).thenApply(appended -> own);
    }

    /** See {@link Assistant#withdrawAll}. */
    void withdrawAll(Room room, String asker, String by) {
        room.state().waiting().values().stream()
                .map(Waiting::question)
                .filter(question -> question.asker().userId().equals(asker))
                .forEach(question -> floor.drop(room, question, Outcome.withdrawn(by), null));
    }
}
