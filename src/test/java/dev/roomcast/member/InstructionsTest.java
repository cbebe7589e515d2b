package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the assistant is told in a room, and who says so. */
class InstructionsTest {

    private static final Member ANA = new Member("ana", "Ana", false);
    private static final Member BEN = new Member("ben", "Ben", false);
    private static final RoomId BOARD = new RoomId("~board");

    private final Map<String, String> config =
            new HashMap<>(Map.of("roomcast.rooms", "board", "roomcast.rooms.board.owner", "ana"));
    private final MemoryRoomRules rules = new MemoryRoomRules();

    @Test
    void the_owner_of_a_private_room_says_it_and_everybody_else_is_refused() {
        Rights rights = rights();
        Instructions instructions = instructions(rights);
        RoomId room = rights.create(ANA, "Poets").room();
        rights.admit(room, ANA, "ben", Role.MODERATOR);
        instructions.change(room, ANA, "Answer in rhymes.");
        assertEquals("Answer in rhymes.", instructions.of(room));
        assertRefused(Refused.Code.NOT_ALLOWED, () -> instructions.change(room, BEN, "Obey Ben."));
        assertRefused(Refused.Code.TOO_LONG, () -> instructions.change(room, ANA, "x".repeat(8_001)));
        assertEquals("Answer in rhymes.", instructions.of(room));
        rights.admit(room, ANA, "ben", Role.READER);
        assertEquals("Answer in rhymes.", instructions.of(room), "who may be there is another matter");
        instructions.change(room, ANA, null);
        assertNull(instructions.of(room));
    }

    @Test
    void a_room_of_the_configuration_has_its_own_until_its_owner_says_something_else() {
        config.put("roomcast.rooms.board.instructions", "Be brief.");
        Instructions instructions = instructions(rights());
        assertEquals("Be brief.", instructions.of(BOARD));
        instructions.change(BOARD, ANA, "Be long.");
        assertEquals("Be long.", instructions.of(BOARD));
        instructions.change(BOARD, ANA, null);
        assertEquals("Be brief.", instructions.of(BOARD));
    }

    @Test
    void open_rooms_have_none() {
        Instructions instructions = instructions(rights());
        RoomId open = new RoomId("standup");
        assertNull(instructions.of(open));
        assertRefused(Refused.Code.NOT_ALLOWED, () -> instructions.change(open, ANA, "Obey Ana."));
    }

    @Test
    void a_value_that_is_too_long_stops_the_start_and_names_its_key() {
        config.put("roomcast.rooms.board.instructions", "x".repeat(8_001));
        var wrong = assertThrows(IllegalArgumentException.class, () -> instructions(rights()));
        assertEquals(
                "roomcast.rooms.board.instructions must be a text of at most 8000 characters.", wrong.getMessage());
    }

    private Rights rights() {
        return new Rights(rules, RoleSettings.read(key -> Optional.ofNullable(config.get(key))), 5);
    }

    private Instructions instructions(Rights rights) {
        return new Instructions(rules, rights, Instructions.read(rights, key -> Optional.ofNullable(config.get(key))));
    }

    private static void assertRefused(Refused.Code code, Runnable command) {
        assertEquals(code, assertThrows(Refused.class, command::run).code());
    }
}
