package dev.roomcast.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order waiting questions are answered: one who asks ten times waits behind one who asks once. A question's turn is
 * how many questions of the same user are under way or wait before it; the lower turn comes first, then the older question. Clients
 * find each one's place by the same rule. Pure.
 */
public final class Turns {

    /** The questions that wait, the next one first. */
    public static List<Waiting> of(RoomState room) {
        Map<String, Integer> turns = new HashMap<>();
        for (Running answer : room.running().values()) {
            turns.merge(answer.question().asker().userId(), 1, Integer::sum);
        }
        List<Turn> waiting = new ArrayList<>();
        for (Waiting question : room.waiting().values()) {
            int next = turns.merge(question.question().asker().userId(), 1, Integer::sum);
            waiting.add(new Turn(next - 1, question));
        }
        waiting.sort(Comparator.comparingInt(Turn::number)); // stable: of the same turn the older stays first
        return waiting.stream().map(Turn::waiting).toList();
    }

    private record Turn(int number, Waiting waiting) {}

    private Turns() {}
}
