package dev.roomcast.cluster;

import dev.roomcast.member.RoomRule;
import dev.roomcast.room.RoomId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The rules of all rooms as this node read them last. Reading never waits; {@code this} guards changes. */
final class KnownRules {

    private static final int HEAD = 3;

    private final ConcurrentMap<RoomId, Known> rules = new ConcurrentHashMap<>();
    private volatile boolean complete;
    private String life = "";
    private long change = -1;

    /** Whether they were ever read. */
    boolean isComplete() {
        return complete;
    }

    RoomRule find(RoomId room) {
        Known known = rules.get(room);
        return known == null ? null : known.rule;
    }

    Stream<RoomRule> all() {
        return rules.values().stream().map(known -> known.rule).filter(Objects::nonNull);
    }

    /** Up to where they are read. */
    synchronized Place place() {
        return new Place(life, change);
    }

    /** What comes next shall be all of them. */
    synchronized void doubt() {
        life = "";
        change = -1;
    }

    /** What this node has just changed itself. */
    synchronized void put(RoomId room, RoomRule rule, String in, long at) {
        if (in.equals(life)) {
            newer(room, new Known(rule, at));
        }
    }

    /** @param read what {@code rules-read.lua} returns */
    synchronized void take(List<String> read) {
        String in = read.get(0);
        long at = Long.parseLong(read.get(1));
        boolean all = read.get(2).equals("all");
        boolean anew = !in.equals(life); // numbers of another life say nothing
        Set<RoomId> named = new HashSet<>();
        for (int i = HEAD; i + 1 < read.size(); i += 2) {
            RoomId room = new RoomId(read.get(i));
            Known known = new Known(RuleText.read(room, read.get(i + 1)), at);
            named.add(room);
            if (anew) {
                rules.put(room, known);
            } else {
                newer(room, known);
            }
        }
        // Never empty in between: who looks then would find nobody's rooms. What was changed here meanwhile is newer.
        rules.entrySet()
                .removeIf(entry -> (all && !named.contains(entry.getKey()) || entry.getValue().rule == null)
                        && (anew || entry.getValue().at <= at));
        life = in;
        change = at;
        complete = true;
    }

    private void newer(RoomId room, Known known) {
        rules.merge(room, known, (there, now) -> now.at >= there.at ? now : there);
    }

    record Place(String life, long change) {}

    /** @param rule {@code null} for a room of which nothing is said any more */
    private record Known(RoomRule rule, long at) {}
}
