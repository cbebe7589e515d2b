package dev.roomcast.journal;

import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest events of a room's log, for readers who are behind. Guarded by its owner. */
final class Window {

    /** What one slice carries at the most, in UTF-16 code units, so that a frame stays a frame. */
    static final int MAX_SLICE = 128 * 1024;

    private final Retention retention;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<String, Long> endings = new HashMap<>();
    private int characters;

    Window(Retention retention) {
        this.retention = retention;
    }

    /** The next event, and what is too old for that falls off. */
    void add(Event event, long now) {
        if (event.content() instanceof Content.Removed removed) {
            cover(removed);
        }
        events.add(event);
        characters += event.content().size();
        if (event.content() instanceof Content.AnswerEnded ended) {
            endings.put(ended.answerId(), now);
        }
        trim(now);
    }

    /** Puts the removal in the places of what is removed, so that readers who are behind are not shown it either. */
    private void cover(Content.Removed removed) {
        List<Event> covered = new ArrayList<>(events.size());
        for (Event event : events) {
            boolean gone = removed.covers(event.content());
            if (gone) {
                characters -= event.content().size();
            }
            covered.add(gone ? new Event(event.seq(), event.time(), null, removed) : event);
        }
        events.clear();
        events.addAll(covered);
        endings.remove(removed.id());
    }

    /** The first event that is kept, if the last one is {@code head}. */
    long first(long head) {
        return head - events.size() + 1;
    }

    /** What comes after a position, as {@link dev.roomcast.room.Journal#read} has it. */
    Slice read(Position head, Position after, int limit) {
        if (after.epoch() != head.epoch() || after.seq() > head.seq() || after.seq() < first(head.seq()) - 1) {
            return new Slice(List.of(), after, true);
        }
        if (after.seq() == head.seq() || limit == 0) {
            return new Slice(List.of(), after, false);
        }
        if (after.seq() == head.seq() - 1) {
            return new Slice(List.of(events.getLast()), head, false); // the usual case: a reader at the head
        }
        List<Event> slice = new ArrayList<>();
        int size = 0;
        // From the newest backwards to find the start, since readers are near the head; then forwards again.
        int wanted = (int) (head.seq() - after.seq());
        var backwards = events.descendingIterator();
        Event[] behind = new Event[wanted];
        for (int i = wanted - 1; i >= 0; i--) {
            behind[i] = backwards.next();
        }
        for (Event event : behind) {
            size += event.content().size();
            if (slice.size() == limit || (size > MAX_SLICE && !slice.isEmpty())) {
                break;
            }
            slice.add(event);
        }
        return new Slice(
                slice, new Position(head.epoch(), slice.get(slice.size() - 1).seq()), false);
    }

    /** Lets fall off what nobody can ask for any more. */
    void trim(long now) {
        while (!events.isEmpty()
                && (events.size() > retention.events()
                        || characters > retention.characters()
                        || isOver(events.getFirst(), now))) {
            Event oldest = events.removeFirst();
            characters -= oldest.content().size();
            if (oldest.content() instanceof Content.AnswerEnded ended) {
                endings.remove(ended.answerId());
            }
        }
    }

    private boolean isOver(Event event, long now) {
        if (now - event.time() <= retention.age()) {
            return false;
        }
        String answer = event.content().answer();
        Long ended = endings.get(answer);
        return answer == null || (ended != null && now - ended > retention.age());
    }
}
