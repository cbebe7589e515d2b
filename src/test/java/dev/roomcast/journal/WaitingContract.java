package dev.roomcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Digest;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Limits;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Ration;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Settled;
import dev.roomcast.room.Slice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal keeps to where questions wait, and what the rest of its contract stands on. */
abstract class WaitingContract {

    static final RoomId ROOM = new RoomId("standup");
    static final Author ANA = new Author("ana", "Ana");
    static final Author BEN = new Author("ben", "Ben");

    static final RoomId ELSEWHERE = new RoomId("elsewhere");

    Journal journal;

    /** An empty journal. */
    abstract Journal create() throws Exception;

    @BeforeEach
    void open() throws Exception {
        journal = create();
        journal.open(ROOM).toCompletableFuture().join();
        journal.open(ELSEWHERE).toCompletableFuture().join();
    }

    @Test
    void a_question_beyond_the_limit_waits_and_everybody_reads_that() {
        Position start = journal.state(ROOM).position();
        assertFalse(ask("a1", ANA, 1).waits());
        assertTrue(ask("a2", BEN, 1).waits());

        assertEquals(Set.of("a1"), journal.state(ROOM).running().keySet());
        assertEquals(Set.of("a2"), journal.state(ROOM).waiting().keySet());
        List<Event> events = journal.read(ROOM, start, 100).events();
        assertEquals(asked("a1", ANA, "why?"), events.get(0).content());
        assertEquals(
                new Content.AnswerQueued(question("a2", BEN, "why?")),
                events.get(1).content());
    }

    @Test
    void a_question_that_waits_begins_once_and_only_when_there_is_place() {
        ask("a1", ANA, 1);
        ask("a2", ANA, 1);
        assertRefused(Refused.Code.ROOM_BUSY, begin("a2", ANA, 1));
        end("a1", "");
        append(begin("a2", ANA, 1));

        assertTrue(journal.state(ROOM).waiting().isEmpty());
        assertEquals(Set.of("a2"), journal.state(ROOM).running().keySet());
        assertRefused(Refused.Code.NO_SUCH_ANSWER, begin("a2", ANA, 9));
        chunk("a2", 0, "Because");
        end("a2", "Because");
        assertEquals(2, journal.state(ROOM).history().size());
        assertRefused(Refused.Code.NO_SUCH_ANSWER, begin("a2", ANA, 9));
    }

    @Test
    void an_answer_that_is_asked_again_ends_in_the_same_step_in_which_the_question_waits_and_once() {
        start("a1");
        chunk("a1", 0, "Because");
        Position before = journal.state(ROOM).position();
        Outcome left = ended("a1", "").outcome().ofTheLog();
        Draft end = Draft.of(new Content.AnswerEnded("a1", "ana", left)).with(question("a2", ANA, "why?"));
        Position ended = append(end).position();

        assertEquals(before.seq() + 1, ended.seq());
        assertEquals(before.seq() + 2, journal.state(ROOM).position().seq());
        assertEquals(Set.of("a2"), journal.state(ROOM).waiting().keySet());
        assertTrue(journal.state(ROOM).running().isEmpty());
        assertEquals(
                List.of(ended("a1", "Because"), new Content.AnswerQueued(question("a2", ANA, "why?"))),
                journal.read(ROOM, before, 100).events().stream()
                        .map(Event::content)
                        .toList());
        assertRefused(
                Refused.Code.NO_SUCH_ANSWER,
                Draft.of(new Content.AnswerEnded("a1", "ana", left)).with(question("a3", ANA, "why?")));
        assertEquals(Set.of("a2"), journal.state(ROOM).waiting().keySet(), "nothing of what is refused");
        append(begin("a2", ANA, 1));
        chunk("a2", 0, "Tea");
        end("a2", "Tea");
    }

    @Test
    void nobody_takes_the_place_of_those_who_wait() {
        ask("a1", ANA, 1);
        ask("a2", ANA, 1);
        end("a1", "");
        assertTrue(ask("a3", BEN, 1).waits());
    }

    @Test
    void a_question_that_waits_can_be_withdrawn_and_leaves_nothing() {
        ask("a1", ANA, 1);
        ask("a2", ANA, 1);
        append(Draft.of(new Content.AnswerEnded("a2", "ana", Outcome.withdrawn("ana"))));

        assertTrue(journal.state(ROOM).waiting().isEmpty());
        assertTrue(journal.state(ROOM).history().isEmpty());
        assertRefused(Refused.Code.NO_SUCH_ANSWER, begin("a2", ANA, 9));
        assertRefused(Refused.Code.NO_SUCH_ANSWER, Draft.of(ended("a2", "")));
    }

    @Test
    void a_question_that_waits_and_fails_is_told_to_those_who_come_later() {
        ask("a1", ANA, 1);
        ask("a2", ANA, 1);
        Reason reason = new Reason("room-budget", "No tokens are left.", true, 3_600_000L);
        Outcome outcome = Outcome.neverBegun(Outcome.Status.FAILED, reason);
        append(Draft.of(new Content.AnswerEnded("a2", "ana", outcome)));
        Settled.Answered answered =
                (Settled.Answered) journal.state(ROOM).history().get(0);
        assertEquals(outcome, answered.outcome());
    }

    @Test
    void no_more_questions_wait_than_may() {
        ask("a1", ANA, 1);
        ask("a2", ANA, 1);
        ask("a3", ANA, 1);
        assertRefused(Refused.Code.ROOM_BUSY, question("a4", ANA, 1)); // two of one user
        ask("a5", BEN, 1);
        assertRefused(Refused.Code.ROOM_BUSY, question("a6", BEN, 1)); // three of all
        assertEquals(Set.of("a2", "a3", "a5"), journal.state(ROOM).waiting().keySet());
    }

    @Test
    void a_repeated_question_is_known_whether_it_begins_or_waits() {
        Draft first = Draft.of(asked("a1", ANA, "why?"), "ana", "c1").within(new Limits(1, 2, 3));
        Draft second = Draft.of(asked("a2", ANA, "how?"), "ana", "c2").within(new Limits(1, 2, 3));
        append(first);
        append(second);
        assertTrue(append(first).repeated());
        assertTrue(append(second).repeated());
        Draft again = Draft.of(new Content.AnswerQueued(question("a3", ANA, "how?")), "ana", "c2");
        assertEquals("a2", append(again).outcomeId());
        assertEquals(2, journal.state(ROOM).position().seq());
    }

    @Test
    void questions_that_come_at_once_take_as_many_places_as_there_are() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        for (int w = 0; w < writers; w++) {
            String id = "a" + w;
            Author asker = new Author("u" + w, "U");
            threads.execute(() -> append(Draft.of(asked(id, asker, "why?")).within(new Limits(3, 2, 100))));
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(3, journal.state(ROOM).running().size());
        assertEquals(writers - 3, journal.state(ROOM).waiting().size());
    }

    @Test
    void answers_under_way_hold_tokens_of_the_room_until_they_end() {
        append(holding("a1", 60));
        assertRefused(Refused.Code.ROOM_BUDGET, holding("a2", 60));
        append(holding("a3", 40));
        append(Draft.of(cost("a1", new Outcome.Usage(10, 10, false))));
        append(holding("a4", 40));
        assertRefused(Refused.Code.ROOM_BUDGET, holding("a5", 25));
    }

    /** In a room that has a hundred tokens a day. */
    static Draft holding(String answerId, long tokens) {
        return Draft.of(new Content.AnswerStarted(question(answerId, ANA, "why?"), false, tokens))
                .within(new Limits(10, 2, 3))
                .within(new Ration(100, System.currentTimeMillis()));
    }

    @Test
    void what_answers_cost_is_counted() {
        start("a1");
        start("a2");
        append(Draft.of(cost("a1", new Outcome.Usage(10, 20, false))));
        append(Draft.of(cost("a2", new Outcome.Usage(1, 2, true))));
        start("a3");
        append(Draft.of(cost("a3", null)));
        assertEquals(33, journal.state(ROOM).spent().tokens());
    }

    Appended append(Draft draft) {
        return journal.append(ROOM, draft).toCompletableFuture().join();
    }

    final void assertRefused(Refused.Code code, Draft draft) {
        var failed = assertThrows(CompletionException.class, () -> append(draft));
        assertEquals(code, ((Refused) failed.getCause()).code());
    }

    private static Content.AnswerEnded cost(String answerId, Outcome.Usage usage) {
        return new Content.AnswerEnded(
                answerId,
                "ana",
                new Outcome(Outcome.Status.COMPLETE, null, null, null, 0, new Digest().value(), usage));
    }

    private static Question question(String answerId, Author asker, String prompt) {
        return new Question(answerId, asker, prompt, "demo");
    }

    static Content.AnswerStarted asked(String answerId, Author asker, String prompt) {
        return new Content.AnswerStarted(question(answerId, asker, prompt));
    }

    /** In a room where so many answers may be under way; two questions of each may wait, and three of all. */
    private static Draft question(String answerId, Author asker, int answers) {
        return Draft.of(asked(answerId, asker, "why?")).within(new Limits(answers, 2, 3));
    }

    private Appended ask(String answerId, Author asker, int answers) {
        return append(question(answerId, asker, answers));
    }

    private static Draft begin(String answerId, Author asker, int answers) {
        return Draft.of(new Content.AnswerStarted(question(answerId, asker, "why?"), true))
                .within(new Limits(answers, 2, 3));
    }

    final void start(String answerId) {
        append(Draft.of(asked(answerId, ANA, "why?")));
    }

    final void chunk(String answerId, int at, String text) {
        append(Draft.of(new Content.AnswerChunk(answerId, "ana", at, text)));
    }

    final void end(String answerId, String text) {
        append(Draft.of(ended(answerId, text)));
    }

    static Content.AnswerEnded ended(String answerId, String text) {
        return new Content.AnswerEnded(
                answerId,
                "ana",
                new Outcome(
                        Outcome.Status.COMPLETE,
                        null,
                        null,
                        null,
                        text.length(),
                        new Digest().add(text).value(),
                        null));
    }

    static Draft message(String text) {
        return Draft.of(new Content.Message("m-" + text, ANA, text));
    }

    static List<String> texts(Slice slice) {
        return slice.events().stream()
                .map(event -> ((Content.Message) event.content()).text())
                .toList();
    }
}
