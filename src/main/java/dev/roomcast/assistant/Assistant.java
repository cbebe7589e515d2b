package dev.roomcast.assistant;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.Instructions;
import dev.roomcast.member.Presence;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.Rooms;
import dev.roomcast.room.Settled;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers questions. An answer belongs to the room, not to whoever asked: it goes on when they leave, and ends early only
 * when it is stopped or when nobody has been left to read it for a while. Thread-safe; no method blocks but {@link #awaitIdle}. A stage that
 * completes exceptionally does so with {@link Refused}.
 */
@ApplicationScoped
public class Assistant {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Questions questions;
    private final Threads threads;
    private final Budget budget;
    private final Floor floor;
    private final Stops stops;
    private final Attention attention;
    private final boolean lasting;
    private final long tokensPerDay;
    private volatile boolean draining;

    protected Assistant() { // for the container's proxy
        questions = null;
        threads = null;
        budget = null;
        floor = null;
        stops = null;
        attention = null;
        lasting = false;
        tokensPerDay = 0;
    }

    @Inject
    public Assistant(
            Models models,
            Presence presence,
            Threads threads,
            Rooms rooms,
            Instructions instructions,
            Allowance allowance,
            Bounds bounds,
            @ConfigProperty(name = "roomcast.assistant.instructions") String general,
            @ConfigProperty(name = "roomcast.assistant.context-tokens") int contextTokens,
            @ConfigProperty(name = "roomcast.assistant.answer-tokens") int answerTokens,
            @ConfigProperty(name = "roomcast.answers.takeover") String takeover) {
        Afterwards afterwards = Afterwards.of(takeover);
        // What is left in a log that does not last, nobody finds.
        this.questions = new Questions(models, bounds.lasting() ? afterwards : Afterwards.INTERRUPT);
        this.threads = threads;
        Conversation conversation = new Conversation(general, contextTokens, answerTokens);
        budget = new Budget(allowance, bounds.tokensPerDay(), System::currentTimeMillis);
        this.floor = new Floor(new Preparation(models, instructions, conversation, budget), questions, threads, bounds);
        this.stops = new Stops(floor, budget, threads);
        this.attention = new Attention(presence, rooms, floor, bounds.grace());
        this.lasting = bounds.lasting();
        this.tokensPerDay = bounds.tokensPerDay();
    }

    @PostConstruct
    void start() {
        threads.timer().scheduleWithFixedDelay(attention::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins an answer, or lets the question wait for its turn. The stage completes once it is in the log, and exceptionally if nothing was
     * appended: {@code room-busy}, or too few tokens left.
     *
     * @param commandId see {@link dev.roomcast.room.Draft#of(dev.roomcast.room.Content, String, String)}
     * @param who shall answer
     * @throws Refused {@code no-such-model}
     */
    public CompletionStage<Appended> ask(Room room, Author asker, String commandId, String prompt, Choice who) {
        return ask(room, questions.first(asker, prompt, who), commandId);
    }

    /**
     * Asks the question of a finished answer again.
     *
     * @param anybodys they may do so with other people's questions, too
     * @param who shall answer; where nobody chose, the same as before
     * @throws Refused {@code no-such-answer} if there is none in the room's history, {@code not-allowed} if it is not theirs
     */
    public CompletionStage<Appended> again(
            Room room, Author asker, boolean anybodys, String commandId, String answerId, Choice who) {
        Settled.Answered answered = new Standing(room, asker.userId(), anybodys).settled(answerId);
        return ask(room, asker, commandId, answered, who, Relation.Kind.REGENERATES);
    }

    /** Lets a finished answer go on that was not at its end. Otherwise as {@link #again}. */
    public CompletionStage<Appended> goOn(
            Room room, Author asker, boolean anybodys, String commandId, String answerId) {
        Settled.Answered answered = new Standing(room, asker.userId(), anybodys).settled(answerId);
        Outcome outcome = answered.outcome();
        boolean atItsEnd = outcome.finish() == null || outcome.finish().equals(ModelStream.Ending.FILTERED);
        if (outcome.status() == Status.COMPLETE && atItsEnd) {
            throw new Refused(Code.NOT_ALLOWED, "This answer is complete: there is nothing to go on with.");
        }
        return ask(room, asker, commandId, answered, Choice.NONE, Relation.Kind.CONTINUES);
    }

    private CompletionStage<Appended> ask(
            Room room, Author asker, String commandId, Settled.Answered answered, Choice who, Relation.Kind kind) {
        return ask(room, questions.onceMore(answered.question(), asker, who, kind), commandId);
    }

    private CompletionStage<Appended> ask(Room room, Question question, String commandId) {
        if (draining) {
            return CompletableFuture.failedStage(
                    new Refused(Code.SERVER_BUSY, "This server is about to stop. Ask again in a moment.", SOON));
        }
        try {
            return floor.ask(room, question, commandId).whenComplete((appended, refused) -> attention.pay(room));
        } catch (Refused e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /**
     * Stops an answer, or withdraws its question if it waits: it ends as {@code cancelled} at once.
     *
     * @param by the userId of who wants it
     * @param anybodys they may stop answers to other people's questions, too
     * @return whether the event that ends the answer tells them so: not if it was being stopped already, nor if the answer is
     *     somebody else's, since its events do not speak to them
     * @throws Refused {@code no-such-answer} if it is not under way in this room, {@code not-allowed} if it is not theirs
     */
    public CompletionStage<Boolean> stop(Room room, String by, boolean anybodys, String answerId, String commandId) {
        return stops.stop(room, by, anybodys, answerId, commandId);
    }

    /** Takes back a question that waits. Otherwise as {@link #stop}. */
    public CompletionStage<Boolean> withdraw(
            Room room, String by, boolean anybodys, String answerId, String commandId) {
        return stops.withdraw(room, by, anybodys, answerId, commandId);
    }

    /**
     * Takes back what somebody asked in this open room and what waits still, since they may not ask here any more. What cannot be taken back
     * for now is answered.
     *
     * @param by the userId of who took that right from them
     */
    public void withdrawAll(Room room, String asker, String by) {
        stops.withdrawAll(room, asker, by);
    }

    /** Questions may wait in this open room that another node took. */
    void lookAfter(Room room) {
        attention.pay(room);
    }

    Budget budget() {
        return budget;
    }

    /** A question has come to wait in this open room. */
    void lookAtOnce(Room room) {
        attention.pay(room);
        floor.lookAt(room);
    }

    /** What one room may have, of questions and answers; 0 for no limit. */
    public long tokensPerDay() {
        return tokensPerDay;
    }

    /** Nothing new begins. What waits stays in a log that lasts, for others to answer; else it ends here, and says so. */
    public void drain() {
        draining = true;
        floor.close();
        if (!lasting) {
            attention.interruptWaiting();
        }
    }

    /** As they are asked here. */
    Questions questions() {
        return questions;
    }

    /** Whether this answer is under way on this node, or its end is on the way to the log. */
    boolean writes(String answerId) {
        return floor.answers().find(answerId) != null;
    }

    /** Nobody can be shown how answers of this node go on: their providers are hung up on. */
    void cutOff() {
        List.copyOf(floor.answers().all()).forEach(Answer::cutOff); // what they leave may begin here at once
    }

    /** Waits until no answer is under way, or until this is over. */
    public void awaitIdle(Duration patience) throws InterruptedException {
        floor.answers().awaitNone(patience);
    }

    /** The server stops: what is under way ends here, and says so, rather than hang. Others may take it over, as if this node had died. */
    @PreDestroy
    public void interruptAll() {
        drain();
        floor.answers().all().forEach(Answer::interrupt);
    }
}
