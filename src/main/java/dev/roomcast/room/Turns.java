package dev.roomcast.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order waiting questions are answered: one who asks ten times waits behind one who asks once. A question's turn is
 * how many questions of the same user are under way or wait before it; the lower turn comes first, then the user who was answered longer
 * ago, then the older question. Clients find each one's place by the same rule. Pure.
 */
public final class Turns {

    private static final Comparator<Turn> FAIREST =
            Comparator.comparingInt(Turn::number).thenComparingInt(Turn::answered);

    /** The questions that wait, the next one first. */
    public static List<Waiting> of(RoomState room) {
        if (room.waiting().isEmpty()) {
            return List.of();
        }
        Map<String, Integer> turns = new HashMap<>();
        for (Running answer : room.running().values()) {
            turns.merge(answer.question().asker().userId(), 1, Integer::sum);
        }
        // Without it, who asks ten times would be the oldest again whenever one of their answers ends.
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < room.history().size(); i++) {
            if (room.history().get(i) instanceof Settled.Answered earlier) {
                answered.put(earlier.question().asker().userId(), i);
            }
        }
        List<Turn> waiting = new ArrayList<>();
        for (Waiting question : room.waiting().values()) {
            String userId = question.question().asker().userId();
            int next = turns.merge(userId, 1, Integer::sum);
            waiting.add(new Turn(next - 1, answered.getOrDefault(userId, -1), question));
        }
        waiting.sort(FAIREST); // stable: of the same, the older stays first
        return waiting.stream().map(Turn::waiting).toList();
    }

    private record Turn(int number, int answered, Waiting waiting) {}

    private Turns() {}
}
