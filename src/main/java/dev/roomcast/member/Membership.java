package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.RoomId;
import java.util.Map;

/**
 * What becomes of a room's rule when somebody is given a role in it, or is removed. Decided within the change, where nothing can come
 * between the look and it. Thread-safe.
 */
final class Membership {

    private static final int MAX_PEOPLE = 1_000;

    private final RoleSettings settings;
    private final Ownership ownership;

    Membership(RoleSettings settings, Ownership ownership) {
        this.settings = settings;
        this.ownership = ownership;
    }

    /** A room's rule, also where it has none. */
    static RoomRule of(RoomId room, RoomRule rule) {
        return rule == null ? new RoomRule(room, null, null, Map.of()) : rule;
    }

    /** The rule after {@link Rights#admit}. */
    RoomRule given(RoomRule rule, RoomId room, Member by, String userId, Role role) {
        RoomRule there = of(room, rule);
        if (!room.isPrivate()) {
            RoomRule without = there.with(userId, null);
            return without.people().isEmpty() ? null : without;
        }
        requireStill(there, by, Role.OWNER);
        if (userId.equals(by.userId()) && role != Role.OWNER) {
            throw refused(by, room, Code.NOT_ALLOWED, "Hand the room over first: it needs an owner.");
        }
        Role configured = settings.named(room, userId);
        if (!userId.equals(by.userId()) && configured.isAtLeast(Role.MODERATOR) && !role.isAtLeast(configured)) {
            throw refused(by, room, Code.NOT_ALLOWED, "They are here by this server's configuration.");
        }
        if (there.people().size() >= MAX_PEOPLE && !there.people().containsKey(userId)) {
            throw new Refused(Code.TOO_LONG, "A room has at most " + MAX_PEOPLE + " members.");
        }
        boolean handedOver = role == Role.OWNER && !userId.equals(by.userId());
        if (handedOver) {
            checkReceiver(there, by, userId);
        }
        RoomRule changed = there.with(userId, role);
        return handedOver ? changed.with(by.userId(), Role.MODERATOR) : changed;
    }

    /** A room is nothing to leave with a stranger: it counts among theirs from then on. */
    private void checkReceiver(RoomRule rule, Member by, String userId) {
        Role theirs = rule.people().getOrDefault(userId, settings.named(rule.room(), userId));
        if (theirs == Role.NONE) {
            throw refused(by, rule.room(), Code.NOT_ALLOWED, "Only somebody who has a role in the room can have it.");
        }
        if (ownership.left(userId) == 0) {
            throw refused(by, rule.room(), Code.RATE_LIMITED, "They cannot have another private room now.");
        }
    }

    /**
     * The rule after {@link Rights#dismiss}.
     *
     * @param mine what {@code by} is in the room
     */
    RoomRule dismissed(RoomRule rule, RoomId room, Member by, Role mine, String userId) {
        boolean self = userId.equals(by.userId());
        RoomRule there = of(room, rule);
        if (room.isPrivate()) {
            requireStill(there, by, self ? Role.READER : Role.MODERATOR);
        }
        Role configured = settings.named(room, userId);
        if (!self && configured.isAtLeast(Role.MODERATOR)) {
            throw refused(by, room, Code.NOT_ALLOWED, "They are here by this server's configuration.");
        }
        Role theirs = there.people().getOrDefault(userId, Role.NONE);
        if (self && mine == Role.OWNER) {
            throw refused(by, room, Code.NOT_ALLOWED, "Hand the room over first: it needs an owner.");
        }
        if (!self && theirs.isAtLeast(mine)) {
            throw refused(by, room, Code.NOT_ALLOWED, "You may only remove people who may do less than you.");
        }
        // Where nobody can come in without being named, forgetting them is enough.
        boolean named = !room.isPrivate() || settings.rooms().containsKey(room);
        if (self && !named) {
            return there.with(userId, null);
        }
        if (self) {
            return rule; // from a room that they may enter again
        }
        if (there.people().size() >= MAX_PEOPLE && named) {
            throw new Refused(Code.TOO_LONG, "No more than " + MAX_PEOPLE + " people can be removed.");
        }
        return there.with(userId, named ? Role.NONE : null);
    }

    /** Refuses ({@code not-allowed}) whoever is less than this by now: somebody else may have changed it since they were let in here. */
    void requireStill(RoomRule rule, Member by, Role least) {
        Role said = rule.people().get(by.userId());
        if (!(said != null ? said : settings.in(rule.room(), by)).isAtLeast(least)) {
            throw unknown(by, rule.room());
        }
    }

    static Refused unknown(Member member, RoomId room) {
        return refused(member, room, Code.NOT_ALLOWED, "There is no such room, or it is not for you.");
    }

    static Refused refused(Member member, RoomId room, Code code, String why) {
        Audit.note("refused", member, room, "code", code.wire());
        return new Refused(code, why);
    }
}
