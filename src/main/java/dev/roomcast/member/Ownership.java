package dev.roomcast.member;

import java.util.stream.Stream;

/**
 * How many private rooms each user owns, and may: those they made and those that were handed over to them. Thread-safe, on this node;
 * nodes count each by itself.
 */
final class Ownership {

    /** Enough that few who get a room at once wait for each other. */
    private static final int LOCKS = 64;

    private final RoomRules rules;
    private final int most;

    /** Of the users who get a room, by their ids. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    Ownership(RoomRules rules, int most) {
        this.rules = rules;
        this.most = most;
    }

    int most() {
        return most;
    }

    /** How many more this user may own. */
    int left(String userId) {
        long owned = rules.naming(userId).stream()
                .filter(rule -> rule.people().get(userId) == Role.OWNER)
                .count();
        return (int) Math.max(0, most - owned);
    }

    /**
     * Does what gives this user a room, if {@link #left} says in it that they may have one: nobody else gives them one meanwhile. Else many
     * at once would all see the same number.
     */
    void gain(String userId, Runnable gaining) {
        synchronized (locks[Math.floorMod(userId.hashCode(), LOCKS)]) {
            gaining.run();
        }
    }
}
