package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;

class MemoryPresenceTest extends PresenceContract {

    private final Presence presence = new MemoryPresence();

    @Override
    protected Presence here() {
        return presence;
    }

    @Override
    protected Presence there() {
        return presence;
    }

    @Override
    protected void await(String what, BooleanSupplier condition) {
        assertTrue(condition.getAsBoolean(), what);
    }
}
