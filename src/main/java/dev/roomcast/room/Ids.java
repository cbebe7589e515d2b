package dev.roomcast.room;

import java.util.concurrent.ThreadLocalRandom;

/** Names for things: short, and never the same twice in practice. Nothing is protected by their being hard to guess. */
public final class Ids {

    /** A new one: the kind's letter and up to 13 characters of {@code 0-9 a-z}. */
    public static String next(char kind) {
        return kind + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    private Ids() {}
}
