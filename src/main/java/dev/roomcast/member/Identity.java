package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.util.Optional;

/** Knows people by their tokens. Thread-safe; blocks for seconds at the most, and on few threads at once. */
public interface Identity {

    /** As {@code roomcast.identity} calls it. */
    String name();

    /** Whether anybody can be known now. */
    boolean isReady();

    /**
     * Whom this bearer token belongs to; empty if it is not valid, for whatever reason. At most 16 KiB are looked at.
     *
     * @throws Refused {@code unavailable} if nobody can tell now whether it is
     */
    Optional<Member> verify(String bearer);
}
