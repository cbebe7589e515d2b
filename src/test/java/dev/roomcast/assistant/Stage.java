package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Told;
import dev.roomcast.model.Models;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Rooms;
import dev.roomcast.room.Settled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A room with an assistant in it, whose model does what the test says. */
final class Stage implements AutoCloseable {

    static final Member ANA = new Member("ana", "Ana", false);
    static final Member BEN = new Member("ben", "Ben", false);

    Threads threads = new TestThreads();
    Presence presence = new MemoryPresence();
    final ScriptedModel model = new ScriptedModel();
    final Journal journal = MemoryJournals.small();
    final Room room = new Rooms(journal).room(new RoomId("standup"));
    int perRoom = 2;
    int perNode = 100;
    long tokensPerDay;
    boolean lasting;
    String takeover = "interrupt";
    Duration grace = Duration.ofHours(1);
    Duration answerTime = Duration.ofHours(1);
    Allowance allowance = new NoLimits();
    Models models = Models.of(model);
    private Assistant assistant;

    Stage() {
        presence.enter(room.id(), ANA, "s1");
    }

    /** An answer may be this long, and take any time. */
    static Extent upTo(int length) {
        return new Extent(length, Duration.ofHours(1));
    }

    /** With the settings as they are now. */
    Assistant assistant() {
        if (assistant == null) {
            Bounds bounds = new Bounds(
                    new Limits(perRoom, 3, 100), perNode, new Extent(1_000, answerTime), grace, tokensPerDay, lasting);
            assistant = new Assistant(
                    models,
                    presence,
                    threads,
                    new Rooms(journal),
                    Told.in(Map.of()),
                    allowance,
                    bounds,
                    "Be kind.",
                    1_000,
                    100,
                    takeover);
            assistant.start();
        }
        return assistant;
    }

    Room room(String name) {
        Room other = new Room(new RoomId(name), journal);
        presence.enter(other.id(), ANA, "s-" + name);
        return other;
    }

    /** @return the answerId */
    String ask(Member asker, String prompt) {
        return ask(room, asker, prompt);
    }

    String ask(Room where, Member asker, String prompt) {
        return ask(where, asker, prompt, null).outcomeId();
    }

    Appended ask(Room where, Member asker, String prompt, String commandId) {
        return join(assistant().ask(where, asker.author(), commandId, prompt, Choice.NONE));
    }

    /** An answer to Ana, {@code left}, under way by a node that is gone. */
    void left(String text) {
        join(room.append(Draft.of(new Content.AnswerStarted(new Question("left", ANA.author(), "why?", "scripted")))));
        if (!text.isEmpty()) {
            join(room.append(Draft.of(new Content.AnswerChunk("left", ANA.userId(), 0, text))));
        }
    }

    /** An answer that is over: said in full, and then as the outcome has it. */
    Settled.Answered settled(String answerId) {
        room(state -> state.history().stream().anyMatch(settled -> settled.is(answerId)));
        return room.state().history().stream()
                .filter(settled -> settled.is(answerId))
                .map(Settled.Answered.class::cast)
                .findFirst()
                .orElseThrow();
    }

    Outcome outcome(String answerId) {
        return settled(answerId).outcome();
    }

    List<String> waiting() {
        return List.copyOf(room.state().waiting().keySet());
    }

    /** Waits until the room is like this. */
    void room(Predicate<RoomState> wanted) {
        await(room, wanted);
    }

    static void await(Room room, Predicate<RoomState> wanted) {
        Object bell = new Object();
        try (var watch = room.watch(() -> {
            synchronized (bell) {
                bell.notifyAll();
            }
        })) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            synchronized (bell) {
                while (!wanted.test(room.state())) {
                    assertTrue(System.nanoTime() < deadline, "it did not happen");
                    bell.wait(100);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static Refused assertRefused(Refused.Code code, Supplier<? extends CompletionStage<?>> command) {
        Refused refused = assertThrows(Refused.class, () -> {
            try {
                join(command.get());
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
        assertEquals(code, refused.code());
        return refused;
    }

    @Override
    public void close() {
        if (assistant != null) {
            assistant.interruptAll();
        }
        threads.close();
    }
}
