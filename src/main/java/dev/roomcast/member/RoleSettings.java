package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is what, as the configuration says it. Immutable.
 *
 * @param otherwise the role in open rooms of somebody none of whose groups is named
 * @param groups that give a role in open rooms
 * @param rooms private rooms that are always there: userIds, and groups with {@value #GROUP} before them, by role
 */
record RoleSettings(Role otherwise, Map<Role, Set<String>> groups, Map<RoomId, Map<Role, Set<String>>> rooms) {

    static final String GROUP = "group:";
    private static final String ROLES = "roomcast.roles.";
    private static final String OTHERWISE = ROLES + "otherwise";
    private static final String ROOMS = "roomcast.rooms";

    /**
     * @param config the value of a key, if it has one
     * @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the key
     */
    static RoleSettings read(Function<String, Optional<String>> config) {
        String otherwise = config.apply(OTHERWISE).orElse(Role.MEMBER.wire());
        Role role = otherwise.equals(Role.NONE.wire())
                ? Role.NONE
                : Role.called(otherwise)
                        .filter(called -> called != Role.OWNER)
                        .orElseThrow(() -> new IllegalArgumentException(
                                OTHERWISE + " must be none, reader, member or moderator."));
        Map<Role, Set<String>> groups = roles(ROLES, config);
        if (groups.containsKey(Role.OWNER)) {
            throw new IllegalArgumentException(ROLES + "owner cannot be set: open rooms have no owner.");
        }
        Map<RoomId, Map<Role, Set<String>>> rooms = new LinkedHashMap<>();
        for (String name : set(config.apply(ROOMS).orElse(""))) {
            rooms.put(room(name), roles(ROOMS + "." + name + ".", config));
        }
        return new RoleSettings(role, groups, Map.copyOf(rooms));
    }

    /** In open rooms, where nothing else was said. */
    Role inOpenRooms(Member member) {
        Role most = most(groups, member.groups());
        return most == Role.NONE ? otherwise : most;
    }

    /** In a room that is always there; {@link Role#NONE} in all others. */
    Role in(RoomId room, Member member) {
        Map<Role, Set<String>> named = rooms.getOrDefault(room, Map.of());
        if (named.isEmpty()) {
            return Role.NONE;
        }
        Set<String> names = member.groups().stream().map(group -> GROUP + group).collect(Collectors.toSet());
        // Somebody could be called like a group.
        if (!member.userId().startsWith(GROUP)) {
            names.add(member.userId());
        }
        return most(named, names);
    }

    /** In a room that is always there, for somebody of whom only the name is known. */
    Role named(RoomId room, String userId) {
        return in(room, new Member(userId, userId, false));
    }

    private static Role most(Map<Role, Set<String>> named, Set<String> names) {
        return named.entrySet().stream()
                .filter(entry -> names.stream().anyMatch(entry.getValue()::contains))
                .map(Map.Entry::getKey)
                .max(Role::compareTo)
                .orElse(Role.NONE);
    }

    private static Map<Role, Set<String>> roles(String prefix, Function<String, Optional<String>> config) {
        Map<Role, Set<String>> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Set<String> names = set(config.apply(prefix + role.wire()).orElse(""));
            if (role != Role.NONE && !names.isEmpty()) {
                roles.put(role, names);
            }
        }
        return roles;
    }

    private static RoomId room(String name) {
        try {
            return new RoomId(RoomId.PRIVATE + name);
        } catch (Refused e) {
            throw new IllegalArgumentException(ROOMS + ": " + e.getMessage());
        }
    }

    private static Set<String> set(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
