package dev.roomcast.assistant;

import dev.roomcast.room.Nodes;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Room;
import dev.roomcast.room.Running;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What becomes of answers whose node is gone: they end as {@code interrupted}, and may then be asked again or gone on with, as
 * new answers. Of all nodes that see it, one has its end in the log, and with it the question, which waits from then on and is begun once, as any that
 * waits. Thread-safe; no method blocks.
 */
@ApplicationScoped
public class Takeover implements Nodes.Writer {

    private static final System.Logger LOG = System.getLogger(Takeover.class.getName());

    static final Outcome LEFT = Outcome.neverBegun(
            Status.INTERRUPTED, new Reason("server-lost", "The server that wrote this answer is gone.", true));

    private final Assistant assistant;
    private final Nodes nodes;

    protected Takeover() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Takeover(Assistant assistant, Nodes nodes) {
        this.assistant = assistant;
        this.nodes = nodes;
    }

    /** From now on this node takes part. */
    public void attend() {
        nodes.attend(this);
    }

    @Override
    public CompletionStage<?> lost(Room room, String answerId) {
        Questions questions = assistant.questions();
        return end(room, answerId, left -> questions.afterwards(room, left.question(), left.length() > 0));
    }

    @Override
    public CompletionStage<?> unheardOf(Room room, String answerId) {
        return end(room, answerId, left -> assistant.questions().onceMore(room, left.question()));
    }

    /** @param then what is asked next, or {@code null}: in the log together with the end, or whoever is lost in between would leave it to nobody */
    private CompletionStage<?> end(Room room, String answerId, Function<Running, Question> then) {
        Running left = room.state().running().get(answerId);
        Question next = left == null ? null : then.apply(left);
        return LastWord.on(room, answerId, LEFT, null, next).handle((ended, failure) -> {
            if (failure == null) {
                LOG.log(Level.INFO, "Answer {0} in {1} was left by its node", answerId, room.id());
                assistant.budget().settleLeft(left); // first, since what is asked next may need it
                assistant.lookAtOnce(room);
            } else if (!LastWord.isNoSuchAnswer(failure)) {
                throw new CompletionException(failure);
            }
            return null;
        });
    }

    @Override
    public boolean writes(String answerId) {
        return assistant.writes(answerId);
    }

    @Override
    public void cutOff() {
        assistant.cutOff();
    }

    @Override
    public void waits(Room room) {
        assistant.lookAfter(room);
    }
}
