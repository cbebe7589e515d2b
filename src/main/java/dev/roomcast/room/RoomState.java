package dev.roomcast.room;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a newcomer must know of a room, as of one position. Immutable; each append makes the next one. A snapshot and
 * the cursor that goes on from it start from the same state, so that nothing can fall between them.
 *
 * @param history what is settled, oldest first, the newest page of it
 * @param running answers under way by answerId, in the order in which they began
 */
public record RoomState(Position position, List<Settled> history, Map<String, Running> running) {

    /** What the history page holds at the most; the older falls off. Enough for a screen and for a model's context. */
    static final int MAX_HISTORY = 100;

    static final int MAX_HISTORY_CHARACTERS = 128 * 1024;

    /** A room that nobody has said anything in. */
    public static RoomState empty(long epoch) {
        return new RoomState(new Position(epoch, 0), List.of(), Map.of());
    }

    /**
     * The state once {@code content} is appended at the next position.
     *
     * @throws Refused ({@code no-such-answer}) if it goes on with, or ends, an answer that is not under way, or does not
     *     join what is there: an answer has one writer, and ends once. Also ({@code no-such-answer}, {@code no-such-message}) if it
     *     removes what is not in the history.
     */
    public RoomState after(Event event) {
        Position next = position.at(event.seq());
        Content content = event.content();
        if (content instanceof Content.Message message) {
            return new RoomState(next, settle(new Settled.Said(event.time(), message)), running);
        }
        if (content instanceof Content.AnswerStarted start) {
            return new RoomState(next, history, with(start.answerId(), Running.begin(event, start)));
        }
        if (content instanceof Content.AnswerChunk chunk) {
            Running answer = underWay(chunk.answerId(), chunk.at());
            return new RoomState(next, history, with(chunk.answerId(), answer.and(chunk.text())));
        }
        if (content instanceof Content.Removed removed) {
            return new RoomState(next, without(removed), running);
        }
        Content.AnswerEnded end = (Content.AnswerEnded) content;
        Running answer = underWay(end.answerId(), end.outcome().length());
        Map<String, Running> others = new LinkedHashMap<>(running);
        others.remove(end.answerId());
        return new RoomState(
                next,
                settle(new Settled.Answered(answer.time(), answer.start(), answer.text(), end.outcome())),
                others);
    }

    private List<Settled> without(Content.Removed removed) {
        List<Settled> left =
                history.stream().filter(settled -> !settled.is(removed.id())).toList();
        if (left.size() < history.size()) {
            return left;
        }
        throw removed.messageId() != null
                ? new Refused(Refused.Code.NO_SUCH_MESSAGE, "There is no such message among the last of this room.")
                : new Refused(
                        Refused.Code.NO_SUCH_ANSWER, "There is no such finished answer among the last of this room.");
    }

    private Running underWay(String answerId, int length) {
        Running answer = running.get(answerId);
        if (answer == null || answer.length() != length) {
            throw new Refused(Refused.Code.NO_SUCH_ANSWER, "This answer is not under way.");
        }
        return answer;
    }

    private Map<String, Running> with(String answerId, Running answer) {
        if (running.size() == 1 && running.containsKey(answerId)) {
            return Map.of(answerId, answer); // the usual case, for every token
        }
        Map<String, Running> changed = new LinkedHashMap<>(running);
        changed.put(answerId, answer);
        return changed;
    }

    private List<Settled> settle(Settled last) {
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
        return List.of(page);
    }
}
