package dev.roomcast.member;

import java.util.Optional;

/** Knows people by their tokens. Thread-safe, does not block. */
public interface Identity {

    /** As {@code roomcast.identity} calls it. */
    String name();

    /** Whom this bearer token belongs to; empty if it is not valid, for whatever reason. At most 8 KiB are looked at. */
    Optional<Member> verify(String bearer);
}
