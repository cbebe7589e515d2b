package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Of one node that is alone. Never blocks. */
public class MemoryPresence implements Presence {

    private final ConcurrentMap<RoomId, MemoryRoster> rosters = new ConcurrentHashMap<>();
    private final Bells bells = new Bells();

    @Override
    public Roster enter(RoomId room, Member member, String session) {
        boolean[] came = new boolean[1];
        Roster roster = rosters.compute(room, (id, known) -> {
            MemoryRoster there = known == null ? new MemoryRoster() : known;
            came[0] = there.enter(member, session);
            return there;
        });
        if (came[0]) {
            Audit.note("came", member, room);
            bells.ring(room);
        }
        return roster;
    }

    @Override
    public void leave(RoomId room, Member member, String session) {
        boolean[] left = new boolean[1];
        rosters.computeIfPresent(room, (id, roster) -> {
            left[0] = roster.leave(member, session);
            return roster.isEmpty() ? null : roster;
        });
        if (left[0]) {
            Audit.note("left", member, room);
            bells.ring(room);
        }
    }

    @Override
    public Roster of(RoomId room) {
        return rosters.get(room);
    }

    @Override
    public Set<RoomId> rooms() {
        return Set.copyOf(rosters.keySet());
    }

    @Override
    public boolean anybodyIn(RoomId room) {
        return rosters.containsKey(room);
    }

    @Override
    public void typing(RoomId room, Member member, boolean typing) {
        MemoryRoster roster = rosters.get(room);
        if (roster != null && roster.typing(member, typing)) {
            bells.ring(room);
        }
    }

    @Override
    public Watch watch(RoomId room, Runnable bell) {
        return bells.watch(room, bell);
    }
}
