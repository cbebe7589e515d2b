package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** Rules that end with the process. A private room whose rules ended so is nobody's any more ({@link RoomId#isPrivate}). */
public class MemoryRoomRules implements RoomRules {

    private final ConcurrentMap<RoomId, RoomRule> rules = new ConcurrentHashMap<>();

    @Override
    public RoomRule find(RoomId room) {
        return rules.get(room);
    }

    @Override
    public void change(RoomId room, UnaryOperator<RoomRule> change) {
        rules.compute(room, (id, rule) -> change.apply(rule));
    }

    @Override
    public List<RoomRule> naming(String userId) {
        return rules.values().stream()
                .filter(rule -> rule.people().getOrDefault(userId, Role.NONE) != Role.NONE)
                .sorted(Comparator.comparing(rule -> rule.room().name()))
                .toList();
    }
}
