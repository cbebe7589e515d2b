package dev.roomcast.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What lies between a cursor and the head of the log, or the first part of it.
 *
 * @param events oldest first
 * @param next where the cursor stands once it has these
 * @param reset the log no longer reaches back that far, or never did: take a snapshot. Then there are no events.
 */
public record Slice(List<Event> events, Position next, boolean reset) {

    public Slice {
        events = List.copyOf(events);
    }

    /**
     * The same, with all chunks of one answer made into one, at the place of the first, also when other events lie between
     * them. Nobody can tell the difference, since chunks of different answers do not depend on each other, except that a
     * reader who is behind gets one frame per answer instead of one per token. Without what is {@linkplain Content.Unknown not understood}.
     */
    public Slice merged() {
        if (events.isEmpty() || (events.size() == 1 && !(events.get(0).content() instanceof Content.Unknown))) {
            return this;
        }
        List<Event> merged = new ArrayList<>();
        Map<String, Run> runs = new HashMap<>();
        Map<String, Integer> removals = new HashMap<>();
        for (Event event : events) {
            if (event.content() instanceof Content.AnswerChunk chunk) {
                Run run = runs.get(chunk.answerId());
                if (run == null) {
                    runs.put(chunk.answerId(), new Run(merged.size(), chunk));
                    merged.add(event);
                } else {
                    run.text.append(chunk.text());
                }
            } else if (!(event.content() instanceof Content.Unknown)) {
                if (event.content() instanceof Content.Removed removed) {
                    // What was removed stands in several places; the last one is the removal itself.
                    int earlier = removals.getOrDefault(removed.id(), -1);
                    if (earlier >= 0) {
                        merged.set(earlier, null);
                    }
                    removals.put(removed.id(), merged.size());
                }
                merged.add(event);
            }
        }
        for (Run run : runs.values()) {
            Event first = merged.get(run.index);
            merged.set(run.index, new Event(first.seq(), first.time(), first.re(), run.whole()));
        }
        merged.removeIf(Objects::isNull);
        return new Slice(merged, next, reset);
    }

    private static final class Run {
        private final int index;
        private final Content.AnswerChunk first;
        private final StringBuilder text;

        Run(int index, Content.AnswerChunk first) {
            this.index = index;
            this.first = first;
            this.text = new StringBuilder(first.text());
        }

        Content.AnswerChunk whole() {
            return new Content.AnswerChunk(first.answerId(), first.userId(), first.at(), text.toString());
        }
    }
}
