package dev.roomcast.member;

import dev.roomcast.room.Author;
import java.security.Principal;

/**
 * Somebody who was let in, as the identity says; nothing of it comes from a frame. Immutable.
 *
 * @param userId stable, unique, at most {@value Names#MAX_USER_ID} characters
 * @param name for people to read, not unique
 * @param guest came without any proof of who they are
 */
public record Member(String userId, String name, boolean guest) implements Principal {

    @Override
    public String getName() {
        return userId;
    }

    /** As the room remembers them. */
    public Author author() {
        return new Author(userId, name);
    }
}
