package dev.roomcast.member;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of one node that is alone. {@code this} guards everything. */
final class MemoryRoster implements Roster {

    static final long TYPING_MILLIS = 6_000;

    private final Map<String, Here> members = new LinkedHashMap<>();
    private final Map<String, Long> typing = new LinkedHashMap<>();
    private final RosterChanges changes = new RosterChanges();

    // Never smaller than that of an earlier roster of the same room, so that two lives of it are not mixed up.
    private long version = System.currentTimeMillis() << 8;

    MemoryRoster() {
        changes.forget(version);
    }

    /** @return whether the member was not here before */
    synchronized boolean enter(Member member, String session) {
        Here here = members.get(member.userId());
        boolean came = here == null;
        if (came) {
            here = new Here(member, new HashSet<>());
            members.put(member.userId(), here);
            changes.add(++version, member, true);
        }
        here.sessions.add(session);
        return came;
    }

    /** @return whether the member is not here any more */
    synchronized boolean leave(Member member, String session) {
        Here here = members.get(member.userId());
        boolean went = here != null && here.sessions.remove(session) && here.sessions.isEmpty();
        if (went) {
            members.remove(member.userId());
            typing.remove(member.userId());
            changes.add(++version, member, false);
        }
        return went;
    }

    /** @return whether that is news */
    synchronized boolean typing(Member member, boolean now) {
        if (!members.containsKey(member.userId())) {
            return false;
        }
        long until = System.currentTimeMillis() + TYPING_MILLIS;
        boolean news = now ? typing.put(member.userId(), until) == null : typing.remove(member.userId()) != null;
        if (news) {
            version++;
        }
        return news;
    }

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public synchronized View view() {
        long now = System.currentTimeMillis();
        if (typing.values().removeIf(until -> until < now)) {
            version++;
        }
        List<Member> listed = new ArrayList<>();
        if (members.size() <= LISTED) {
            members.values().forEach(here -> listed.add(here.member));
        }
        List<String> typingNow = members.size() <= LISTED ? List.copyOf(typing.keySet()) : List.of();
        return new View(version, members.size(), List.copyOf(listed), typingNow);
    }

    @Override
    public synchronized Changes since(long from) {
        return members.size() > LISTED ? null : changes.since(from);
    }

    private record Here(Member member, Set<String> sessions) {}
}
