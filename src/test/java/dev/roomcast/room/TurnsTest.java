package dev.roomcast.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is next, where several wait. */
class TurnsTest {

    private RoomState room = RoomState.empty(9);

    @Test
    void who_asks_ten_times_waits_behind_who_asks_once() {
        for (int i = 0; i < 10; i++) {
            waits("ana" + i, "ana");
        }
        waits("ben", "ben");
        assertEquals(List.of("ana0", "ben", "ana1", "ana2"), turns().subList(0, 4));
    }

    @Test
    void an_answer_under_way_counts_as_a_turn() {
        running("ana0", "ana");
        waits("ana1", "ana");
        waits("ben", "ben");
        assertEquals(List.of("ben", "ana1"), turns());
    }

    @Test
    void who_was_answered_just_now_waits_for_who_was_not() {
        running("ana0", "ana");
        waits("ana1", "ana");
        waits("ben0", "ben");
        waits("cleo0", "cleo");
        append(new Content.AnswerEnded("ana0", "ana", Outcome.neverBegun(Outcome.Status.COMPLETE, null)));
        assertEquals(List.of("ben0", "cleo0", "ana1"), turns());
    }

    @Test
    void of_the_same_turn_the_older_comes_first() {
        waits("ana0", "ana");
        waits("ana1", "ana");
        waits("ben0", "ben");
        waits("cleo0", "cleo");
        waits("ben1", "ben");
        assertEquals(List.of("ana0", "ben0", "cleo0", "ana1", "ben1"), turns());
    }

    private List<String> turns() {
        return Turns.of(room).stream()
                .map(waiting -> waiting.question().answerId())
                .toList();
    }

    private void waits(String answerId, String userId) {
        append(new Content.AnswerQueued(question(answerId, userId)));
    }

    private void running(String answerId, String userId) {
        append(new Content.AnswerStarted(question(answerId, userId)));
    }

    private static Question question(String answerId, String userId) {
        return new Question(answerId, new Author(userId, userId), "why?", "demo");
    }

    private void append(Content content) {
        room = room.after(new Event(room.position().seq() + 1, 1, null, content));
    }
}
