package dev.roomcast.it.protocol;

import dev.roomcast.connection.Screen;
import dev.roomcast.journal.WholeLog;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What people saw of a room, at one position and another, to be held against the whole log: a screen shows what was said up to its
 * position, from wherever its reader began, and nothing else. Thread-safe.
 */
final class Moments {

    /** What a newcomer is shown of what is settled, at the least. */
    private static final int PAGE = 50;

    private final Queue<Moment> all = new ConcurrentLinkedQueue<>();

    private record Moment(String who, Screen screen) {}

    /** @param who and how, for the message if it is wrong */
    void note(String who, Screen screen) {
        if (screen.isWhole() && screen.position != null) {
            all.add(new Moment(who, new Screen(screen)));
        }
    }

    int size() {
        return all.size();
    }

    /** What is wrong with them; at best nothing. */
    List<String> faults(WholeLog log) {
        List<String> faults = new ArrayList<>();
        Map<Position, List<Moment>> at = new HashMap<>();
        all.forEach(moment -> at.computeIfAbsent(Position.parse(moment.screen.position), any -> new ArrayList<>())
                .add(moment));
        Map<String, Long> removals = log.removals();
        Truth truth = new Truth(removals.keySet());
        long epoch = log.head().epoch();
        truth.hold(at.remove(new Position(epoch, 0)), faults);
        for (Event event : log.events()) {
            truth.take(event.content());
            truth.remove(event, removals);
            truth.hold(at.remove(new Position(epoch, event.seq())), faults);
        }
        at.forEach((position, moments) -> faults.add(
                moments.get(0).who + " was at " + position + ", which is not in the log up to " + log.head()));
        return faults;
    }

    /** The room after so many events, told from the events alone. */
    private static final class Truth {

        private final Map<String, String> messages = new LinkedHashMap<>();
        private final Map<String, StringBuilder> texts = new HashMap<>();
        private final Set<String> running = new LinkedHashSet<>();
        private final Set<String> waiting = new LinkedHashSet<>();
        private final Map<String, String> endings = new HashMap<>();
        private final List<String> settled = new ArrayList<>();

        /** What the log does not tell any more; some saw it, and some came later. */
        private final Set<String> forgotten;

        private final Set<String> removed = new HashSet<>();

        Truth(Set<String> forgotten) {
            this.forgotten = forgotten;
        }

        void remove(Event event, Map<String, Long> removals) {
            if (event.content() instanceof Content.Removed gone && removals.get(gone.id()) == event.seq()) {
                removed.add(gone.id());
            }
        }

        void take(Content content) {
            String answer = content.answer();
            if (content instanceof Content.Message message) {
                messages.put(message.messageId(), message.text());
                settled.add(message.messageId());
            } else if (content instanceof Content.AnswerQueued) {
                waiting.add(answer);
            } else if (content instanceof Content.AnswerStarted) {
                waiting.remove(answer);
                running.add(answer);
                texts.put(answer, new StringBuilder());
            } else if (content instanceof Content.AnswerChunk chunk) {
                texts.get(answer).append(chunk.text());
            } else if (content instanceof Content.AnswerEnded end) {
                endings.put(answer, end.outcome().status().wire());
                if (running.remove(answer)) {
                    settled.add(answer);
                }
                waiting.remove(answer);
                texts.putIfAbsent(answer, new StringBuilder()); // it never began; some are told so later
            }
        }

        void hold(List<Moment> moments, List<String> faults) {
            if (moments != null) {
                moments.forEach(moment -> {
                    String fault = fault(moment.screen);
                    if (fault != null) {
                        faults.add(moment.who + " at " + moment.screen.position + ": " + fault);
                    }
                });
            }
        }

        private String fault(Screen shown) {
            for (String id : removed) {
                if (shown.messages.containsKey(id) || shown.answers.containsKey(id)) {
                    return "shows " + id + ", which was removed";
                }
            }
            Screen screen = new Screen(shown);
            screen.messages.keySet().removeAll(forgotten);
            screen.answers.keySet().removeAll(forgotten);
            screen.endings.keySet().removeAll(forgotten);
            screen.waiting.removeAll(forgotten);
            return faultOfTheRest(screen);
        }

        private String faultOfTheRest(Screen screen) {
            List<String> said = List.copyOf(messages.keySet());
            List<String> shown = List.copyOf(screen.messages.keySet());
            if (shown.size() > said.size()
                    || !shown.equals(said.subList(said.size() - shown.size(), said.size()))
                    || !messages.entrySet().containsAll(screen.messages.entrySet())) {
                return "shows " + shown + ", said was " + said;
            }
            if (!screen.waiting.equals(waiting)) {
                return "shows as waiting " + screen.waiting + ", not " + waiting;
            }
            for (String answer : screen.answers.keySet()) {
                if (!texts.containsKey(answer)
                        || !texts.get(answer).toString().equals(screen.answers.get(answer))
                        || !String.valueOf(endings.get(answer)).equals(String.valueOf(screen.endings.get(answer)))) {
                    return "shows " + answer + " as " + screen.answers.get(answer) + ", "
                            + screen.endings.get(answer) + ", and in the log is " + texts.get(answer) + ", "
                            + endings.get(answer);
                }
            }
            if (!screen.answers.keySet().containsAll(running)) {
                return "lacks one of " + running;
            }
            int page = Math.max(0, PAGE - forgotten.size());
            for (String id : settled.subList(Math.max(0, settled.size() - page), settled.size())) {
                if (!screen.messages.containsKey(id) && !screen.endings.containsKey(id)) {
                    return "lacks " + id;
                }
            }
            return null;
        }
    }
}
