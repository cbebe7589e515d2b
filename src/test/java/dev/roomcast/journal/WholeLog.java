package dev.roomcast.journal;

import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that was ever said in a room, as a node reads it from Redis that came last of all, and what must be true of it whatever
 * died meanwhile. Immutable.
 *
 * @param head where it ends
 */
public record WholeLog(Position head, List<Event> events) {

    /** So that it reaches back to the first event. */
    static final Retention ALL = new Retention(10_000_000, 100_000_000, 3_600_000, 3_600_000);

    /** Of a room that was never trimmed. */
    public static WholeLog read(String url, RoomId room) throws InterruptedException {
        try (TestNode node = new TestNode(url, ALL)) {
            node.open(room);
            Position head = node.state(room).position();
            List<Event> events = new ArrayList<>();
            Position at = new Position(head.epoch(), 0);
            while (at.seq() < head.seq()) {
                Slice slice = node.journal.read(room, at, Integer.MAX_VALUE);
                if (slice.reset()) {
                    throw new AssertionError("the log of " + room + " does not reach back to " + at);
                }
                events.addAll(slice.events());
                at = slice.next();
            }
            return new WholeLog(head, List.copyOf(events));
        }
    }

    /** By id, where what is removed now was removed. In its own places it is shown as removed, too. */
    public Map<String, Long> removals() {
        return events.stream()
                .filter(event -> event.content() instanceof Content.Removed)
                .collect(Collectors.toMap(event -> ((Content.Removed) event.content()).id(), Event::seq, Math::max));
    }

    /**
     * What is wrong with it; at best nothing.
     *
     * @param acknowledged by command, what its sender was told came of it
     */
    public List<String> faults(Map<String, String> acknowledged) {
        List<String> faults = new ArrayList<>();
        Map<String, String> outcomes = new HashMap<>();
        Map<String, String> answers = new HashMap<>();
        for (Event event : events) {
            Content content = event.content();
            if (event.re() != null && !(content instanceof Content.AnswerEnded)) {
                String before = outcomes.put(event.re(), CommandMemory.outcomeId(content));
                if (before != null) {
                    faults.add("twice in the log: " + event + " and " + before);
                }
            }
            fault(content, answers, event, faults);
        }
        Set<String> removed = removals().keySet();
        answers.values().removeIf("ended"::equals);
        answers.forEach((answerId, state) -> faults.add(answerId + " has not ended: " + state));
        acknowledged.forEach((command, outcome) -> {
            if (!outcome.equals(outcomes.get(command)) && !removed.contains(outcome)) {
                faults.add(
                        command + " was acknowledged as " + outcome + ", and in the log is " + outcomes.get(command));
            }
        });
        return faults;
    }

    /** Waits or not, begins once, ends once; between these it is written. */
    private static void fault(Content content, Map<String, String> answers, Event event, List<String> faults) {
        String answer = content.answer();
        String before = answers.get(answer);
        boolean fits = true;
        if (content instanceof Content.AnswerQueued) {
            fits = answers.put(answer, "waits") == null;
        } else if (content instanceof Content.AnswerStarted) {
            fits = before == null || before.equals("waits");
            answers.put(answer, "runs");
        } else if (content instanceof Content.AnswerChunk) {
            fits = "runs".equals(before);
        } else if (content instanceof Content.AnswerEnded) {
            fits = "runs".equals(before) || "waits".equals(before);
            answers.put(answer, "ended");
        }
        if (!fits) {
            faults.add("an answer that " + (before == null ? "never began" : before) + ": " + event);
        }
    }
}
