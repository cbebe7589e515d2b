package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may do what in which room, and who may change that. In open rooms people have the role that their groups give them, and may be
 * removed; in private ones they have the role that somebody gave them, and everybody else has none.
 *
 * <p>Thread-safe. {@link #role} and {@link #require} do not block. Whoever has no role in a room gets one and the same refusal for
 * everything, which is also that for a room that does not exist.
 */
@ApplicationScoped
public class Rights {

    private static final int MAX_TITLE = 100;

    private final RoomRules rules;
    private final RoleSettings settings;
    private final Ownership ownership;
    private final Membership membership;

    protected Rights() {
        this(null, (RoleSettings) null, 0); // for the container's proxy
    }

    @Inject
    public Rights(
            RoomRules rules,
            Config config,
            @ConfigProperty(name = "roomcast.limit.private-rooms-per-user") int roomsPerUser) {
        this(rules, RoleSettings.read(key -> config.getOptionalValue(key, String.class)), roomsPerUser);
    }

    Rights(RoomRules rules, RoleSettings settings, int roomsPerUser) {
        this.rules = rules;
        this.settings = settings;
        this.ownership = new Ownership(rules, roomsPerUser);
        this.membership = new Membership(settings, ownership);
    }

    /** What this member is in this room. */
    public Role role(RoomId room, Member member) {
        RoomRule rule = rules.find(room);
        Role said = rule == null ? null : rule.people().get(member.userId());
        if (said != null && said != Role.NONE && room.isPrivate()) {
            return said;
        }
        Role role = room.isPrivate() ? settings.in(room, member) : settings.inOpenRooms(member);
        // Who moderates by the configuration cannot be locked out by another moderator.
        return said == Role.NONE && !role.isAtLeast(Role.MODERATOR) ? Role.NONE : role;
    }

    /**
     * Refuses ({@code not-allowed}) whoever is less than this in the room.
     *
     * @return what they are
     */
    public Role require(RoomId room, Member member, Role least) {
        Role role = role(room, member);
        if (role.isAtLeast(least) && role != Role.NONE) {
            return role;
        }
        if (role != Role.NONE) {
            throw Membership.refused(
                    member, room, Code.NOT_ALLOWED, "As a " + role.wire() + " you may not do that here.");
        }
        throw Membership.unknown(member, room);
    }

    /** A new private room of this member's. Refused as {@code rate-limited} if they own as many as they may. */
    public RoomRule create(Member owner, String title) {
        if (owner.guest()) {
            throw Membership.refused(owner, null, Code.NOT_ALLOWED, "A guest cannot own a room.");
        }
        String named = title == null ? null : Names.name(title, MAX_TITLE);
        RoomRule rule = new RoomRule(RoomId.ofPrivate(), named, null, Map.of(owner.userId(), Role.OWNER));
        ownership.gain(owner.userId(), () -> {
            if (ownership.left(owner.userId()) == 0) {
                throw Membership.refused(
                        owner,
                        null,
                        Code.RATE_LIMITED,
                        "You own as many private rooms as you may: " + ownership.most() + ".");
            }
            rules.change(rule.room(), none -> rule);
        });
        return rule;
    }

    /** How many private rooms this member may still make. */
    public int roomsLeft(Member member) {
        return ownership.left(member.userId());
    }

    /** Ends a private room, for good: its name is never used again. */
    public void close(RoomId room, Member by) {
        require(room, by, Role.OWNER);
        rules.change(room, rule -> {
            membership.requireStill(Membership.of(room, rule), by, Role.OWNER);
            return null;
        });
    }

    /**
     * Gives somebody a role in a private room; to make them its owner is to hand it over, to somebody who has a role there already and
     * owns fewer than they may. In an open room it lets in again who was removed, which a moderator may do, too.
     */
    public void admit(RoomId room, Member by, String userId, Role role) {
        require(room, by, room.isPrivate() ? Role.OWNER : Role.MODERATOR);
        checkUser(userId);
        if (role == Role.OWNER) {
            ownership.gain(userId, () -> give(room, by, userId, role));
        } else {
            give(room, by, userId, role); // nobody has a room more by that
        }
    }

    private void give(RoomId room, Member by, String userId, Role role) {
        rules.change(room, rule -> membership.given(rule, room, by, userId, role));
    }

    /** See {@link Membership#requireStill}. */
    void requireStill(RoomRule rule, Member by, Role least) {
        membership.requireStill(rule, by, least);
    }

    /** Removes somebody from a room. Everybody may remove themselves, but for an owner; a moderator removes readers and members. */
    public void dismiss(RoomId room, Member by, String userId) {
        boolean self = userId.equals(by.userId());
        Role mine = require(room, by, self ? Role.READER : Role.MODERATOR);
        checkUser(userId);
        rules.change(room, rule -> membership.dismissed(rule, room, by, mine, userId));
    }

    /** Who was given which role in this room, and who was removed from one that they could enter otherwise; these only moderators see. */
    public Map<String, Role> people(RoomId room, Member asking) {
        Role role = require(room, asking, Role.READER);
        RoomRule rule = rules.find(room);
        if (rule == null || role.isAtLeast(Role.MODERATOR)) {
            return rule == null ? Map.of() : rule.people();
        }
        return rule.people().entrySet().stream()
                .filter(person -> person.getValue() != Role.NONE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a room is called, or {@code null}. */
    public String title(RoomId room) {
        RoomRule rule = rules.find(room);
        return rule == null ? null : rule.title();
    }

    /** The private rooms that are always there. */
    public Set<RoomId> declared() {
        return settings.rooms().keySet();
    }

    /** The private rooms in which this member has a role, those that are always there first. */
    public List<RoomId> roomsOf(Member member) {
        return Stream.concat(
                        settings.rooms().keySet().stream().sorted(Comparator.comparing(RoomId::name)),
                        rules.naming(member.userId()).stream().map(RoomRule::room))
                .distinct()
                .filter(room -> room.isPrivate() && role(room, member) != Role.NONE)
                .toList();
    }

    private static void checkUser(String userId) {
        if (!Names.isUserId(userId)) {
            throw new Refused(Code.BAD_NAME, "This is not the id of a user.");
        }
    }
}
