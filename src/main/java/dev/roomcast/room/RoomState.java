package dev.roomcast.room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a newcomer must know of a room, as of one position. Immutable; each append makes the next one. A snapshot and
 * the cursor that goes on from it start from the same state, so that nothing can fall between them.
 *
 * @param history what is settled, oldest first, the newest page of it
 * @param running answers under way by answerId, in the order in which they began
 * @param waiting questions that wait by answerId, in the order in which they were asked; {@link Turns} says which is next
 * @param spent tokens of answers that ended
 */
public record RoomState(
        Position position,
        List<Settled> history,
        Map<String, Running> running,
        Map<String, Waiting> waiting,
        Spent spent) {

    /** What the history page holds at the most; the older falls off. Enough for a screen and for a model's context. */
    static final int MAX_HISTORY = 100;

    static final int MAX_HISTORY_CHARACTERS = 128 * 1024;

    private static final Duration SOON = Duration.ofSeconds(2);

    /** A room that nobody has said anything in. */
    public static RoomState empty(long epoch) {
        return new RoomState(new Position(epoch, 0), List.of(), Map.of(), Map.of(), Spent.NOTHING);
    }

    /** Nobody has ever said anything in it, as far as anybody knows. */
    public boolean isUntouched() {
        return position.seq() == 0;
    }

    /**
     * What is appended for a draft: a question that would begin waits instead if as many answers are under way as may be, or if
     * others wait already, and the end of an answer is one {@linkplain Outcome#ofTheLog of its text}. The decision belongs into the append, where nothing can come between it and its effect.
     *
     * @throws Refused ({@code room-budget}) if the room does not have the tokens for an answer that would begin; {@code room-busy} if as many
     *     questions wait as may, or if one that waited shall begin and cannot;
     *     {@code no-such-answer} if one shall end of which nobody knows the text; that or {@code no-such-message} if what shall be removed is
     *     not in the history
     */
    public Content admit(Draft draft) {
        Content content = draft.content();
        if (content instanceof Content.AnswerEnded end && end.outcome().takesTextOfLog()) {
            return ofTheLog(end);
        }
        if (content instanceof Content.Removed removed && without(removed).size() == history.size()) {
            throw notThere(removed);
        }
        Limits limits = draft.limits();
        if (limits == null || content.asked() == null) {
            return content;
        }
        boolean seat = running.size() < limits.answers();
        if (content instanceof Content.AnswerStarted start && start.waited()) {
            if (!seat) {
                throw busy("This room has as many answers under way as it may have.");
            }
            return begin(start, draft.ration());
        }
        if (content instanceof Content.AnswerStarted start && seat && waiting.isEmpty()) {
            return begin(start, draft.ration());
        }
        String userId = content.asked().asker().userId();
        long theirs = waiting.values().stream()
                .filter(other -> other.question().asker().userId().equals(userId))
                .count();
        if (theirs >= limits.waitingPerUser()) {
            throw busy("You have as many questions waiting in this room as you may.");
        }
        if (waiting.size() >= limits.waiting()) {
            throw busy("As many questions wait in this room as may.");
        }
        return new Content.AnswerQueued(content.asked());
    }

    private Content begin(Content.AnswerStarted start, Ration ration) {
        if (ration != null) {
            ration.check(this, start.holds());
        }
        return start;
    }

    /** Tokens that the answers under way hold. */
    long held() {
        return running.values().stream().mapToLong(Running::holds).sum();
    }

    private Content ofTheLog(Content.AnswerEnded end) {
        Running answer = running.get(end.answerId());
        if (answer == null) {
            throw notUnderWay();
        }
        int digest = new Digest().add(answer.text()).value();
        return new Content.AnswerEnded(
                end.answerId(), end.userId(), end.outcome().of(answer.length(), digest));
    }

    private static Refused busy(String message) {
        return new Refused(Refused.Code.ROOM_BUSY, message, SOON);
    }

    /**
     * The state once {@code content} is appended at the next position.
     *
     * @throws Refused ({@code no-such-answer}) if it goes on with, or ends, an answer that is not under way, does not
     *     join what is there, or begins a question that does not wait any more: an answer has one writer, begins once, and ends once.
     *     A removal of what has just fallen off the history is none of that: it was there when that was decided.
     */
    public RoomState after(Event event) {
        Position next = position.at(event.seq());
        Content content = event.content();
        if (content instanceof Content.Message message) {
            return settled(next, new Settled.Said(event.time(), message));
        }
        if (content instanceof Content.AnswerQueued queued) {
            Question question = queued.question();
            return new RoomState(
                    next,
                    history,
                    running,
                    with(waiting, question.answerId(), new Waiting(event.time(), event.re(), question)),
                    spent);
        }
        if (content instanceof Content.AnswerStarted start) {
            return started(next, event, start);
        }
        if (content instanceof Content.AnswerChunk chunk) {
            Running answer = underWay(chunk.answerId(), chunk.at());
            Map<String, Running> longer = with(running, chunk.answerId(), answer.and(chunk.text()));
            return new RoomState(next, history, longer, waiting, spent);
        }
        if (content instanceof Content.Removed removed) {
            return new RoomState(next, without(removed), running, waiting, spent);
        }
        if (content instanceof Content.Unknown) {
            return new RoomState(next, history, running, waiting, spent);
        }
        return ended(next, event, (Content.AnswerEnded) content);
    }

    private RoomState started(Position next, Event event, Content.AnswerStarted start) {
        Question question = start.question();
        String id = question.answerId();
        Waiting before = waiting.get(id);
        if (start.waited() != (before != null)) {
            throw new Refused(Refused.Code.NO_SUCH_ANSWER, "This question does not wait.");
        }
        // It stands where it began, also for those who come later: there is where it grows.
        Running answer = Running.begin(event.time(), before == null ? event.re() : before.re(), start);
        return new RoomState(next, history, with(running, id, answer), without(waiting, id), spent);
    }

    private RoomState ended(Position next, Event event, Content.AnswerEnded end) {
        String id = end.answerId();
        Outcome outcome = end.outcome();
        Waiting never = waiting.get(id);
        if (never == null) {
            Running answer = underWay(id, outcome.length());
            return new RoomState(next, history, without(running, id), waiting, spent.and(outcome.usage(), event.time()))
                    .settled(next, new Settled.Answered(answer.time(), answer.question(), answer.text(), outcome));
        }
        if (outcome.length() != 0) {
            throw notUnderWay();
        }
        RoomState left = new RoomState(next, history, running, without(waiting, id), spent);
        // Who withdraws takes the question back; what the server could not do is told to those who come later, too.
        return outcome.status() == Outcome.Status.CANCELLED
                ? left
                : left.settled(next, new Settled.Answered(never.time(), never.question(), "", outcome));
    }

    private List<Settled> without(Content.Removed removed) {
        return history.stream().filter(settled -> !settled.is(removed.id())).toList();
    }

    private static Refused notThere(Content.Removed removed) {
        return removed.messageId() != null
                ? new Refused(Refused.Code.NO_SUCH_MESSAGE, "There is no such message among the last of this room.")
                : new Refused(
                        Refused.Code.NO_SUCH_ANSWER, "There is no such finished answer among the last of this room.");
    }

    private Running underWay(String answerId, int length) {
        Running answer = running.get(answerId);
        if (answer == null || answer.length() != length) {
            throw notUnderWay();
        }
        return answer;
    }

    private static Refused notUnderWay() {
        return new Refused(Refused.Code.NO_SUCH_ANSWER, "This answer is not under way.");
    }

    private static <T> Map<String, T> with(Map<String, T> these, String id, T changed) {
        if (these.isEmpty() || (these.size() == 1 && these.containsKey(id))) {
            return Map.of(id, changed); // the usual case, for every token
        }
        Map<String, T> those = new LinkedHashMap<>(these);
        those.put(id, changed);
        return those;
    }

    private static <T> Map<String, T> without(Map<String, T> these, String id) {
        if (!these.containsKey(id)) {
            return these;
        }
        Map<String, T> those = new LinkedHashMap<>(these);
        those.remove(id);
        return those;
    }

    private RoomState settled(Position next, Settled last) {
        int from = history.size();
        int characters = last.size();
        while (from > 0
                && history.size() - from < MAX_HISTORY - 1
                && characters + history.get(from - 1).size() <= MAX_HISTORY_CHARACTERS) {
            characters += history.get(--from).size();
        }
        Settled[] page = new Settled[history.size() - from + 1];
        for (int i = from; i < history.size(); i++) {
            page[i - from] = history.get(i);
        }
        page[page.length - 1] = last;
        return new RoomState(next, List.of(page), running, waiting, spent);
    }
}
