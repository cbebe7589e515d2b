package dev.roomcast.member;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do in a room; each may do what those before may. */
public enum Role {
    /** Nothing, not even know of it. */
    NONE,
    READER,
    /** May talk and ask. */
    MEMBER,
    /** May stop any answer, and remove what was said and who said it. */
    MODERATOR,
    /** May say who else is in a private room, and as what. */
    OWNER;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }

    /** As it stands in a frame or a setting. */
    public String wire() {
        return wire;
    }

    /** The role that is called so; not {@link #NONE}, which nobody is given. */
    public static Optional<Role> called(String name) {
        return Arrays.stream(values())
                .filter(role -> role != NONE && role.wire.equals(name))
                .findFirst();
    }
}
