package dev.roomcast.assistant;

import dev.roomcast.room.Author;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Room;
import dev.roomcast.room.Settled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What becomes of answers whose node is gone: they end as {@code interrupted}, and may then be asked again or gone on with, as
 * new answers. Of all nodes that see it, one has its end in the log, and one (the same, or not) begins the new answer. Thread-safe; no method blocks.
 */
@ApplicationScoped
public class Takeover implements Nodes.Writer {

    private static final System.Logger LOG = System.getLogger(Takeover.class.getName());

    private static final Outcome LEFT = Outcome.neverBegun(
            Status.INTERRUPTED, new Reason("server-lost", "The server that wrote this answer is gone.", true));

    private final Assistant assistant;
    private final Nodes nodes;
    private final Mode mode;

    private enum Mode {
        INTERRUPT,
        ASK_AGAIN,
        CONTINUE;

        static Mode of(String setting) {
            return Arrays.stream(values())
                    .filter(mode -> mode.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(setting))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "roomcast.answers.takeover is one of interrupt, ask-again and continue."));
        }
    }

    protected Takeover() {
        this(null, null, "interrupt"); // for the container's proxy
    }

    @Inject
    public Takeover(Assistant assistant, Nodes nodes, @ConfigProperty(name = "roomcast.answers.takeover") String mode) {
        this.assistant = assistant;
        this.nodes = nodes;
        this.mode = Mode.of(mode);
    }

    /** From now on this node takes part. */
    public void attend() {
        nodes.attend(this);
    }

    @Override
    public CompletionStage<?> lost(Room room, String answerId) {
        if (mode != Mode.INTERRUPT && assistant.isDraining()) {
            return CompletableFuture.completedStage(null); // for others, who can also ask it again
        }
        return LastWord.on(room, answerId, LEFT, null)
                .handle((ended, failure) -> {
                    if (failure == null) {
                        LOG.log(Level.INFO, "Answer {0} in {1} was left by its node", answerId, room.id());
                    } else if (!LastWord.isNoSuchAnswer(failure)) {
                        throw new CompletionException(failure);
                    }
                    return goOn(room, answerId);
                })
                .thenCompose(Function.identity());
    }

    @Override
    public void cutOff() {
        assistant.cutOff();
    }

    @Override
    public void waits(Room room) {
        assistant.lookAfter(room);
    }

    /**
     * Whoever saw it left does so, whether or not the end is theirs: the one who wrote it may be gone by now, or may not have been told that it
     * was taken. All of them send the same command, which is taken once.
     */
    private CompletionStage<?> goOn(Room room, String answerId) {
        Settled.Answered left = room.state().history().stream()
                .filter(settled -> settled instanceof Settled.Answered && settled.is(answerId))
                .map(Settled.Answered.class::cast)
                .filter(answered -> LEFT.code().equals(answered.outcome().code()))
                .findFirst()
                .orElse(null);
        if (left == null || mode == Mode.INTERRUPT) {
            return CompletableFuture.completedStage(null);
        }
        // In the name of who had asked, and with the same prompt: a new answer, so that the seam is seen.
        Author asker = left.question().asker();
        String command = "takeover-" + answerId;
        return mode == Mode.CONTINUE && !left.text().isEmpty()
                ? assistant.goOn(room, asker, true, command, answerId)
                : assistant.again(room, asker, true, command, answerId, Choice.NONE);
    }
}
