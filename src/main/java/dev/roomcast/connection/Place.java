package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Cursor;
import dev.roomcast.room.Position;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import java.util.List;
import java.util.function.Supplier;

/**
 * A member's place in a room, and what they are told when they take it. Immutable.
 *
 * @param audience who else reads the room here
 * @param roster who else is in it
 * @param role what they may do here now
 * @param session what the client is called across its requests
 * @param unread which of their commands the room's log has answered further on than they have read
 * @param anew told when they are told everything, and know of nothing else from then on
 */
record Place(
        Room room,
        Audience audience,
        Roster roster,
        Member member,
        Supplier<Role> role,
        String session,
        Unread unread,
        Runnable anew) {

    /** {@code joined}, and then what was missed, or everything if too much was. */
    Outgoing joined(Joining joining) {
        Cursor cursor = cursor(joining);
        if (cursor == null) {
            return snapshot(joining.re(), joining.plain());
        }
        Roster.View here = roster.view();
        return new Outgoing(
                Frames.joined(
                        joining.re(),
                        room.id().name(),
                        session,
                        cursor.position().toString(),
                        null,
                        member,
                        role.get(),
                        here),
                entrance(cursor, PresenceTold.of(here), List.of()));
    }

    /** What was missed and nothing else; or everything if too much was. */
    Outgoing resumed(Joining joining, PresenceTold presence) {
        Cursor cursor = cursor(joining);
        return cursor == null ? snapshot(null, false) : new Outgoing(null, entrance(cursor, presence, List.of()));
    }

    /** From where the client can go on, if it said where it was and nothing since then is missing; else {@code null}. */
    private Cursor cursor(Joining joining) {
        Cursor cursor = joining.since() == null ? null : room.from(joining.since());
        return cursor != null && cursor.complete() ? cursor : null;
    }

    /** Everything a newcomer needs, and a cursor that goes on exactly where it ends. */
    private Outgoing snapshot(String re, boolean plain) {
        RoomState state = room.state();
        anew.run();
        return snapshot(
                state,
                re,
                plain
                        ? state.running().values().stream()
                                .flatMap(answer -> Frames.replay(answer).stream())
                                .toList()
                        : List.of());
    }

    /** The same, in the middle of it, for somebody who is too far behind to read on. */
    private Outgoing skip(Position read) {
        RoomState state = room.state();
        anew.run();
        return snapshot(state, null, unread.skip(read, state.position()));
    }

    private Outgoing snapshot(RoomState state, String re, List<Frame> next) {
        Roster.View here = roster.view();
        String position = state.position().toString();
        Frame joined =
                Frames.joined(re, room.id().name(), session, position, audience.told(state), member, role.get(), here);
        return new Outgoing(joined, entrance(room.from(state.position()), PresenceTold.of(here), next));
    }

    private Entrance entrance(Cursor cursor, PresenceTold presence, List<Frame> first) {
        return new Entrance(audience, cursor, presence, first, unread, this::skip);
    }
}
