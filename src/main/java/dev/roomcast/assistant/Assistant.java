package dev.roomcast.assistant;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.Presence;
import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Running;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers questions. An answer belongs to the room, not to whoever asked: it goes on when they leave, and ends early only
 * when it is stopped or when nobody has been left to read it for a while. Thread-safe; no method blocks.
 */
@ApplicationScoped
public class Assistant implements Nodes.Writer {

    private final Models models;
    private final Presence presence;
    private final Threads threads;
    private final Conversation conversation;
    private final int perRoom;
    private final int maxLength;
    private final Duration grace;
    private final Allowance allowance;
    private final Nodes nodes;
    private final Takeover takeover;
    private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final Object idle = new Object();

    protected Assistant() { // for the container's proxy
        this(null, null, null, "", 0, 0, 0, Duration.ZERO, null, null, "interrupt");
    }

    @Inject
    public Assistant(
            Models models,
            Presence presence,
            Threads threads,
            @ConfigProperty(name = "roomcast.assistant.instructions") String instructions,
            @ConfigProperty(name = "roomcast.assistant.context-tokens") int contextTokens,
            @ConfigProperty(name = "roomcast.limit.answers-per-room") int perRoom,
            @ConfigProperty(name = "roomcast.limit.answer-length") int maxLength,
            @ConfigProperty(name = "roomcast.assistant.grace") Duration grace,
            Allowance allowance,
            Nodes nodes,
            @ConfigProperty(name = "roomcast.answers.takeover") String takeover) {
        this.models = models;
        this.presence = presence;
        this.threads = threads;
        this.conversation = new Conversation(instructions, contextTokens);
        this.perRoom = perRoom;
        this.maxLength = maxLength;
        this.grace = grace;
        this.allowance = allowance;
        this.nodes = nodes;
        this.takeover = new Takeover(
                Takeover.Mode.of(takeover),
                (room, lost) ->
                        ask(room, lost.question().asker(), null, lost.question().prompt()));
    }

    /** From now on this node takes part: answers of nodes that are gone end here, too. */
    public void attend() {
        nodes.attend(this);
    }

    /**
     * Begins an answer. The stage completes once the question is in the log, and exceptionally with {@link Refused}, also
     * ({@code room-busy}) if as many answers are under way in the room as may be; then nothing was appended.
     *
     * @param commandId see {@link Draft#of(Content, String, String)}
     */
    public CompletionStage<Appended> ask(Room room, Author asker, String commandId, String prompt) {
        RoomState before = room.state();
        LanguageModel model = models.named(null);
        Question question = new Question(Ids.next('a'), asker, prompt, model.name());
        Draft draft = Draft.of(new Content.AnswerStarted(question), asker.userId(), commandId)
                .within(new Limits(perRoom, 0, 0));
        // Known before it is seen: whoever sees it may want to stop it.
        Answer answer = new Answer(room, question, maxLength);
        answers.put(question.answerId(), answer);
        return room.append(draft).whenComplete((appended, refused) -> {
            if (refused != null || appended.repeated()) {
                forget(question.answerId());
            } else {
                begin(answer, model, before);
            }
        });
    }

    /**
     * Stops an answer: it ends as {@code cancelled} as soon as its provider has been hung up on.
     *
     * @param by the userId of who wants it
     * @param anybodys they may stop answers to other people's questions, too
     * @return whether the event that ends the answer tells them so: not if it was being stopped already, nor if the answer is
     *     somebody else's, since its events do not speak to them
     * @throws Refused {@code no-such-answer} if it is not under way in this room, {@code not-allowed} if it is not theirs
     */
    public CompletionStage<Boolean> stop(Room room, String by, boolean anybodys, String answerId, String commandId) {
        Running running = room.state().running().get(answerId);
        if (running == null) {
            throw new Refused(Code.NO_SUCH_ANSWER, "This answer is not under way.");
        }
        boolean own = running.question().asker().userId().equals(by);
        if (!anybodys && !own) {
            throw new Refused(Code.NOT_ALLOWED, "Only who asked, or a moderator, may stop this answer.");
        }
        Answer answer = answers.get(answerId);
        return answer != null
                ? CompletableFuture.completedStage(answer.stop(by, commandId) && own)
                : nodes.stop(room.id(), answerId, new Nodes.Wish(by, commandId)).thenApply(first -> first && own);
    }

    @Override
    public void stop(String answerId, Nodes.Wish wish) {
        Answer answer = answers.get(answerId);
        if (answer != null) {
            answer.stop(wish.by(), wish.re());
        }
    }

    @Override
    public CompletionStage<?> lost(Room room, Running answer, Nodes.Wish wish) {
        return takeover.end(room, answer, wish);
    }

    private void begin(Answer answer, LanguageModel model, RoomState before) {
        String answerId = answer.question().answerId();
        var watch = threads.timer().scheduleWithFixedDelay(() -> stopIfNobodyReads(answer), 1, 1, TimeUnit.SECONDS);
        Runnable work = () -> {
            try {
                answer.run(model, conversation.asked(before, answer.question().prompt()));
            } finally {
                watch.cancel(false);
                forget(answerId);
                allowance.answered(answer.question().asker().userId(), answer.tokens());
            }
        };
        try {
            threads.answers().execute(work);
        } catch (RejectedExecutionException e) {
            watch.cancel(false);
            forget(answerId);
            answer.end("server-busy", "The server has as many answers under way as it may have. Ask again soon.");
        }
    }

    private void stopIfNobodyReads(Answer answer) {
        if (presence.anybodyIn(answer.room().id())) {
            answer.read();
        } else if (answer.unreadFor() > grace.toNanos()) {
            answer.stop(null, null);
        }
    }

    /** Waits until no answer is under way, or until this is over. */
    public void awaitIdle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (idle) {
            long left;
            while (!answers.isEmpty() && (left = deadline - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(idle, left);
            }
        }
    }

    private void forget(String answerId) {
        answers.remove(answerId);
        synchronized (idle) {
            idle.notifyAll();
        }
    }

    /** The server stops: what is under way ends here, and says so, rather than hang. */
    @PreDestroy
    public void interruptAll() {
        answers.values().forEach(Answer::interrupt);
    }
}
