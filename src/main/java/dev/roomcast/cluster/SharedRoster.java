package dev.roomcast.cluster;

import dev.roomcast.member.Member;
import dev.roomcast.member.Roster;
import dev.roomcast.member.RosterChanges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in one room on all nodes, as this node heard it last, and who of them is here, which it knows by itself.
 *
 * <p>Versions are those of Redis, so that a reader may go from node to node. Only while Redis is away this node makes some of its
 * own, and Redis goes on behind them. {@code this} guards everything.
 */
final class SharedRoster implements Roster {

    private static final int HEAD = 3;

    private final Map<String, Here> here = new LinkedHashMap<>();
    private final Map<String, String> untold = new LinkedHashMap<>();
    private final Map<String, String> untoldTyping = new LinkedHashMap<>();
    private final RosterChanges changes = new RosterChanges();
    private Map<String, Member> all = new LinkedHashMap<>();

    /** Those of all who are here, and of whom the other nodes have not heard at this version. */
    private Set<String> unheard = Set.of();

    private List<String> typing = List.of();
    private int count;
    private long version;
    private boolean invented;
    /** The last version that was shown together with people who are here and of whom nothing had been heard, or that was made up: no change leads from it. */
    private long blurred = -1;

    /** @return whether the member was not on this node before */
    synchronized boolean enter(Member member, String session) {
        Here there = here.get(member.userId());
        boolean came = there == null;
        if (came) {
            there = new Here(member, new HashSet<>());
            here.put(member.userId(), there);
            untold.put(member.userId(), "+");
        }
        there.sessions.add(session);
        return came;
    }

    /** @return whether the member is not on this node any more */
    synchronized boolean leave(Member member, String session) {
        Here there = here.get(member.userId());
        boolean went = there != null && there.sessions.remove(session) && there.sessions.isEmpty();
        if (went) {
            here.remove(member.userId());
            untold.put(member.userId(), "-");
        }
        return went;
    }

    /** @return whether there is something to tell */
    synchronized boolean types(Member member, boolean now) {
        boolean news = now || typing.contains(member.userId()) || untoldTyping.containsKey(member.userId());
        if (news) {
            untoldTyping.put(member.userId(), now ? "t" : "s");
        }
        return news;
    }

    /** Whether nobody is on this node. */
    synchronized boolean isEmpty() {
        return here.isEmpty();
    }

    /** Whether anybody is on any node, as far as is known. */
    synchronized boolean isAnybody() {
        return count > 0 || !here.isEmpty();
    }

    synchronized int count() {
        return Math.max(count, here.size());
    }

    /** Whether it says how many there are and not who. */
    synchronized boolean isLarge() {
        return count() > LISTED;
    }

    /** What Redis has to get beyond, so that readers hear of what comes. */
    synchronized long version() {
        return invented || blurred == version ? version + 1 : version;
    }

    /** Whether its version is one of this node's own, until Redis was told. */
    synchronized boolean isInvented() {
        return invented;
    }

    synchronized boolean hasUntold() {
        return !untold.isEmpty() || !untoldTyping.isEmpty();
    }

    /** What the others have to hear, as {@code presence.lua} wants it; told once this was called. */
    synchronized List<String> tell() {
        List<String> told = new ArrayList<>();
        untold.forEach((user, op) -> told.addAll(List.of(op, user, op.equals("+") ? name(user) : "")));
        untoldTyping.forEach((user, op) -> told.addAll(List.of(op, user, "")));
        untold.clear();
        untoldTyping.clear();
        return told;
    }

    private String name(String user) {
        Here there = here.get(user);
        return there == null ? user : there.member.name();
    }

    /** Everything of this node has to be told again, to whom nothing is known of it. */
    synchronized void tellAgain() {
        untold.clear();
        here.keySet().forEach(user -> untold.put(user, "+"));
    }

    /** It could not be told. This node goes on with what it knows by itself. */
    synchronized void untold(List<String> told) {
        if (told.isEmpty()) {
            return;
        }
        for (int i = 0; i < told.size(); i += 3) {
            String user = told.get(i + 1);
            if (told.get(i).equals("+") || told.get(i).equals("-")) {
                untold.putIfAbsent(user, told.get(i));
            }
        }
        if (isLarge()) {
            become(version + 1, count(), Map.of(), List.of());
        } else {
            Map<String, Member> known = new LinkedHashMap<>(all);
            untold.keySet().forEach(known::remove);
            here.forEach((user, there) -> known.put(user, there.member));
            become(version + 1, known.size(), known, List.of());
        }
        unheard = new HashSet<>(here.keySet());
        unheard.retainAll(untold.keySet());
        invented = true;
    }

    /** @param answer of {@code presence.lua}; @return whether it says anything new */
    synchronized boolean take(List<String> answer) {
        long now = Long.parseLong(answer.get(0));
        if (now <= version) {
            return false;
        }
        int many = Integer.parseInt(answer.get(1));
        int types = HEAD + Integer.parseInt(answer.get(2));
        Map<String, Member> known = new LinkedHashMap<>();
        Set<String> missing = new HashSet<>(here.keySet());
        for (int i = types; i + 1 < answer.size(); i += 2) {
            String user = answer.get(i);
            Here there = here.get(user);
            missing.remove(user);
            String value = answer.get(i + 1);
            known.put(
                    user,
                    there != null ? there.member : new Member(user, value.substring(value.indexOf(' ') + 1), false));
        }
        if (many <= LISTED) {
            // Who is here is here, also before Redis has heard so, or while it has forgotten.
            here.forEach((user, there) -> known.putIfAbsent(user, there.member));
            many = known.size();
        }
        become(now, many, known, answer.subList(HEAD, types));
        unheard = missing;
        if (missing.stream().anyMatch(untold::containsKey)) {
            blurred = now; // and may be gone before they are told
        }
        invented = false;
        return true;
    }

    private void become(long now, int many, Map<String, Member> known, List<String> types) {
        if (version == 0 || many > LISTED || count > LISTED) {
            changes.forget(now); // whom to tell of whom is not known
        } else {
            known.forEach((user, member) -> {
                if (!all.containsKey(user) || unheard.contains(user)) {
                    changes.add(now, member, true);
                }
            });
            all.forEach((user, member) -> {
                if (!known.containsKey(user)) {
                    changes.add(now, member, false);
                }
            });
        }
        version = now;
        count = many;
        all = known;
        typing = List.copyOf(types);
    }

    @Override
    public synchronized View view() {
        if (version == 0) {
            version = System.currentTimeMillis() << 8; // as Redis makes them
            changes.forget(version);
            invented = true;
        }
        if (invented) {
            blurred = version;
        }
        if (isLarge()) {
            return new View(version, count(), List.of(), List.of(), !invented);
        }
        // So are those who are here and of whom nothing was heard since they came.
        Set<String> listed = new LinkedHashSet<>(all.keySet());
        boolean more = listed.addAll(here.keySet());
        if (more) {
            blurred = version;
        }
        boolean shared = !more && unheard.isEmpty() && !invented;
        if (listed.size() > LISTED) {
            return new View(version, listed.size(), List.of(), List.of(), shared);
        }
        List<Member> members = listed.stream()
                .map(user -> all.containsKey(user) ? all.get(user) : here.get(user).member)
                .toList();
        return new View(version, members.size(), members, typing, shared);
    }

    @Override
    public synchronized Changes since(long from) {
        return count > LISTED || from <= blurred ? null : changes.since(from);
    }

    private record Here(Member member, Set<String> sessions) {}
}
