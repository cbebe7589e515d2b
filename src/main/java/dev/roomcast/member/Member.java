package dev.roomcast.member;

import dev.roomcast.room.Author;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;

/**
 * Somebody who was let in, as the identity says; nothing of it comes from a frame. Immutable.
 *
 * @param userId stable, unique, at most {@value Names#MAX_USER_ID} characters
 * @param name for people to read, not unique
 * @param guest came without any proof of who they are
 * @param groups that the identity provider says they are in
 * @param until when what they showed is worth nothing any more, and they have to show something new
 */
public record Member(String userId, String name, boolean guest, Set<String> groups, Instant until)
        implements Principal {

    /** Somebody in no group, for as long as they like. */
    public Member(String userId, String name, boolean guest) {
        this(userId, name, guest, Set.of(), Instant.MAX);
    }

    @Override
    public String getName() {
        return userId;
    }

    /** As the room remembers them. */
    public Author author() {
        return new Author(userId, name);
    }
}
