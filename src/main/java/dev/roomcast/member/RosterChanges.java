package dev.roomcast.member;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who came to a room and who went, with the versions at which they did. Not thread-safe: the roster that has it guards it. */
public final class RosterChanges {

    private static final int KEPT = 256;

    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long forgotten;

    public void add(long version, Member member, boolean here) {
        changes.add(new Change(version, member, here));
        if (changes.size() > KEPT) {
            forgotten = changes.removeFirst().version;
        }
    }

    /** Nothing is known of what happened up to this version. */
    public void forget(long version) {
        changes.clear();
        forgotten = version;
    }

    /** See {@link Roster#since}. */
    public Roster.Changes since(long version) {
        if (version < forgotten) {
            return null;
        }
        Map<String, Change> last = new LinkedHashMap<>();
        changes.stream()
                .filter(change -> change.version > version)
                .forEach(change -> last.put(change.member.userId(), change));
        List<Member> joined = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Change change : last.values()) {
            if (change.here) {
                joined.add(change.member);
            } else {
                left.add(change.member.userId());
            }
        }
        return new Roster.Changes(joined, left);
    }

    private record Change(long version, Member member, boolean here) {}
}
