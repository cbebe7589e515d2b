package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;

class MemoryRoomRulesTest extends RoomRulesContract {

    private final RoomRules rules = new MemoryRoomRules();

    @Override
    protected RoomRules here() {
        return rules;
    }

    @Override
    protected RoomRules there() {
        return rules;
    }

    @Override
    protected void await(String what, BooleanSupplier condition) {
        assertTrue(condition.getAsBoolean(), what);
    }
}
