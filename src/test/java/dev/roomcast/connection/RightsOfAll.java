package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;

/** Rights for tests of something else: everybody may be everywhere. */
final class RightsOfAll extends Rights {

    static final Rights INSTANCE = new RightsOfAll();

    @Override
    public Role role(RoomId room, Member member) {
        return Role.MEMBER;
    }
}
