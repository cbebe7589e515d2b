package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who is in which room. Thread-safe, does not block. */
@ApplicationScoped
public class Presence {

    private final ConcurrentMap<RoomId, Roster> rosters = new ConcurrentHashMap<>();

    /** A session of this member is in the room from now on. */
    public Roster enter(RoomId room, Member member, String session) {
        return rosters.compute(room, (id, roster) -> {
            Roster there = roster == null ? new Roster() : roster;
            if (there.enter(member, session)) {
                Audit.note("came", member, room);
            }
            return there;
        });
    }

    /** It is not any more. */
    public void leave(RoomId room, Member member, String session) {
        rosters.computeIfPresent(room, (id, roster) -> {
            if (roster.leave(member, session)) {
                Audit.note("left", member, room);
            }
            return roster.isEmpty() ? null : roster;
        });
    }

    /** Who is there; {@code null} if nobody is. */
    public Roster of(RoomId room) {
        return rosters.get(room);
    }

    /** Where somebody is. */
    public Set<RoomId> rooms() {
        return Set.copyOf(rosters.keySet());
    }

    /** Whether anybody is there who could read what is said. */
    public boolean anybodyIn(RoomId room) {
        return rosters.containsKey(room);
    }

    /**
     * This member is typing, or is not any more.
     *
     * @return whether that is news
     */
    public boolean typing(RoomId room, Member member, boolean typing) {
        Roster roster = rosters.get(room);
        return roster != null && roster.typing(member, typing);
    }
}
