package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Who may be where, and who may change that. */
class RightsTest {

    private static final RoomId OPEN = new RoomId("standup");
    private static final RoomId BOARD = new RoomId("~board");
    private static final Member ANA = member("ana");
    private static final Member BEN = member("ben");
    private static final Member CLEO = member("cleo");
    private static final Member MO = member("mo", "mods");

    private final Rights rights = rights(Map.of("roomcast.roles.moderator", "mods, chiefs"));

    @Test
    void in_open_rooms_everybody_is_what_their_groups_say() {
        Rights configured = rights(Map.of(
                "roomcast.roles.otherwise", "none",
                "roomcast.roles.reader", "guests",
                "roomcast.roles.member", "staff",
                "roomcast.roles.moderator", "mods"));
        assertEquals(Role.MEMBER, rights.role(OPEN, ANA));
        assertEquals(Role.NONE, configured.role(OPEN, ANA));
        assertEquals(Role.READER, configured.role(OPEN, member("x", "guests")));
        assertEquals(Role.MODERATOR, configured.role(OPEN, member("x", "guests", "mods", "staff")));
    }

    @Test
    void every_refusal_is_in_the_audit() {
        RoomId room = rights.create(ANA, null).room();
        rights.admit(room, ANA, "ben", Role.MODERATOR);
        rights.admit(room, ANA, "mo", Role.MODERATOR);
        List<Executable> forbidden = List.of(
                () -> rights.require(room, CLEO, Role.READER),
                () -> rights.require(room, BEN, Role.OWNER),
                () -> rights.admit(room, ANA, "ana", Role.READER),
                () -> rights.dismiss(room, ANA, "ana"),
                () -> rights.dismiss(room, BEN, "mo"),
                () -> rights.create(new Member("guest-1", "guest-1", true), null));
        List<String> noted = AuditLines.during(() -> forbidden.forEach(what -> assertThrows(Refused.class, what)));
        assertEquals(forbidden.size(), noted.size(), noted::toString);
        assertTrue(noted.stream().allMatch(line -> line.contains("\"event\":\"refused\"")), noted::toString);
    }

    @Test
    void a_private_room_is_for_those_who_were_let_in_and_moderators_of_open_rooms_are_not() {
        RoomId room = rights.create(ANA, "Budget").room();
        assertTrue(room.isPrivate());
        assertEquals(Role.OWNER, rights.role(room, ANA));
        assertEquals(Role.NONE, rights.role(room, BEN));
        assertEquals(Role.NONE, rights.role(room, MO));
        rights.admit(room, ANA, "ben", Role.READER);
        assertEquals(Role.READER, rights.role(room, BEN));
        assertEquals(List.of(room), rights.roomsOf(BEN));
        rights.dismiss(room, ANA, "ben");
        assertEquals(Role.NONE, rights.role(room, BEN));
        assertEquals(List.of(), rights.roomsOf(BEN));
    }

    @Test
    void names_of_private_rooms_are_the_servers_and_never_come_again() {
        Set<RoomId> names = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            names.add(RoomId.ofPrivate());
        }
        assertEquals(100, names.size());
        RoomId room = rights.create(ANA, null).room();
        rights.close(room, ANA);
        assertEquals(Role.NONE, rights.role(room, ANA));
        assertEquals(Role.NONE, rights(Map.of()).role(room, ANA), "after a restart");
        assertUnknown(() -> rights.admit(room, ANA, "ana", Role.OWNER));
    }

    @Test
    void who_has_no_role_learns_nothing_not_even_that_there_is_a_room() {
        RoomId room = rights.create(ANA, "Budget").room();
        for (RoomId unknown : List.of(room, RoomId.ofPrivate(), BOARD)) {
            assertUnknown(() -> rights.require(unknown, BEN, Role.READER));
            assertUnknown(() -> rights.people(unknown, BEN));
            assertUnknown(() -> rights.admit(unknown, BEN, "ben", Role.OWNER));
            assertUnknown(() -> rights.dismiss(unknown, BEN, "ana"));
            assertUnknown(() -> rights.dismiss(unknown, BEN, "ben"));
            assertUnknown(() -> rights.close(unknown, BEN));
        }
    }

    @Test
    void only_the_owner_says_who_is_there_and_hands_it_over() {
        RoomId room = rights.create(ANA, "Budget").room();
        rights.admit(room, ANA, "ben", Role.MODERATOR);
        assertNotAllowed(() -> rights.admit(room, BEN, "cleo", Role.MEMBER));
        assertNotAllowed(() -> rights.dismiss(room, BEN, "ana"));
        assertNotAllowed(() -> rights.close(room, BEN));
        assertNotAllowed(() -> rights.admit(room, ANA, "ana", Role.MEMBER));
        assertNotAllowed(() -> rights.dismiss(room, ANA, "ana"));
        rights.admit(room, ANA, "ben", Role.OWNER);
        assertEquals(Role.OWNER, rights.role(room, BEN));
        assertEquals(Role.MODERATOR, rights.role(room, ANA));
        assertNotAllowed(() -> rights.admit(room, ANA, "ana", Role.OWNER));
        rights.dismiss(room, ANA, "ana"); // one may always go
        assertEquals(Map.of("ben", Role.OWNER), rights.people(room, BEN));
    }

    @Test
    void a_moderator_removes_people_from_a_private_room_but_none_of_their_own_kind() {
        RoomId room = rights.create(ANA, "Budget").room();
        rights.admit(room, ANA, "ben", Role.MODERATOR);
        rights.admit(room, ANA, "cleo", Role.MEMBER);
        rights.admit(room, ANA, "dan", Role.MODERATOR);
        rights.dismiss(room, BEN, "cleo");
        assertUnknown(() -> rights.require(room, CLEO, Role.READER));
        assertNotAllowed(() -> rights.dismiss(room, BEN, "dan"));
    }

    @Test
    void who_is_removed_from_an_open_room_stays_out_of_that_one_until_let_in_again() {
        assertNotAllowed(() -> rights.dismiss(OPEN, ANA, "ben"));
        rights.dismiss(OPEN, MO, "ben");
        assertUnknown(() -> rights.require(OPEN, BEN, Role.READER));
        assertEquals(Role.MEMBER, rights.role(new RoomId("other"), BEN));
        assertEquals(Map.of("ben", Role.NONE), rights.people(OPEN, MO));
        assertEquals(Map.of(), rights.people(OPEN, ANA));
        assertUnknown(() -> rights.dismiss(OPEN, BEN, "ben"));
        rights.admit(OPEN, MO, "ben", Role.OWNER);
        assertEquals(Role.MEMBER, rights.role(OPEN, BEN));
        rights.dismiss(OPEN, MO, "chief");
        assertEquals(
                Role.MODERATOR, rights.role(OPEN, member("chief", "chiefs")), "moderators lock nobody of theirs out");
    }

    @Test
    void rooms_may_be_declared_for_users_and_groups() {
        Rights declared = rights(Map.of(
                "roomcast.rooms", "board",
                "roomcast.rooms.board.owner", "ana",
                "roomcast.rooms.board.member", "group:staff"));
        Member impostor = member("group:staff");
        assertEquals(Role.OWNER, declared.role(BOARD, ANA));
        assertEquals(Role.MEMBER, declared.role(BOARD, member("ben", "staff")));
        assertEquals(Role.NONE, declared.role(BOARD, BEN));
        assertEquals(Role.NONE, declared.role(BOARD, impostor));
        assertEquals(Role.MEMBER, declared.role(new RoomId("board"), BEN), "another room");
        assertEquals(List.of(BOARD), declared.roomsOf(ANA));
        declared.dismiss(BOARD, ANA, "ben");
        assertEquals(Role.NONE, declared.role(BOARD, member("ben", "staff")));
    }

    @Test
    void a_moderator_of_a_declared_room_locks_nobody_out_who_moderates_it_by_configuration() {
        Rights declared = rights(Map.of(
                "roomcast.rooms", "board",
                "roomcast.rooms.board.owner", "ana",
                "roomcast.rooms.board.moderator", "ben, group:chiefs"));
        assertNotAllowed(() -> declared.dismiss(BOARD, BEN, "ana"));
        declared.dismiss(BOARD, BEN, "cleo");
        assertEquals(Role.NONE, declared.role(BOARD, member("cleo")));
        assertEquals(Role.MODERATOR, declared.role(BOARD, member("cleo", "chiefs")));
        assertEquals(Role.OWNER, declared.role(BOARD, ANA));
    }

    @Test
    void an_owner_makes_nobody_less_than_moderator_or_owner_who_is_that_by_configuration() {
        Rights declared = rights(Map.of(
                "roomcast.rooms", "board",
                "roomcast.rooms.board.owner", "ana, ben",
                "roomcast.rooms.board.moderator", "cleo",
                "roomcast.rooms.board.member", "dan"));
        for (Role less : List.of(Role.READER, Role.MEMBER, Role.MODERATOR)) {
            assertNotAllowed(() -> declared.admit(BOARD, BEN, "ana", less));
        }
        assertNotAllowed(() -> declared.admit(BOARD, BEN, "cleo", Role.READER));
        assertEquals(Role.OWNER, declared.role(BOARD, ANA));
        assertEquals(Role.MODERATOR, declared.role(BOARD, CLEO));
        declared.admit(BOARD, BEN, "dan", Role.READER); // whom they may remove, too
        assertEquals(Role.READER, declared.role(BOARD, member("dan")));
        declared.admit(BOARD, BEN, "cleo", Role.OWNER);
        assertEquals(Role.MODERATOR, declared.role(BOARD, BEN), "who handed it over");
    }

    @Test
    void who_was_removed_from_a_declared_room_is_for_its_moderators_to_see() {
        Rights declared = rights(Map.of(
                "roomcast.rooms", "board",
                "roomcast.rooms.board.owner", "ana",
                "roomcast.rooms.board.member", "ben, cleo"));
        declared.dismiss(BOARD, ANA, "cleo");
        declared.admit(BOARD, ANA, "dan", Role.READER);
        assertEquals(Map.of("cleo", Role.NONE, "dan", Role.READER), declared.people(BOARD, ANA));
        assertEquals(Map.of("dan", Role.READER), declared.people(BOARD, BEN));
    }

    @Test
    void who_hands_a_room_over_while_they_close_it_does_not_close_it_any_more() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        Rights rights = new Rights(
                new MemoryRoomRules() {
                    @Override
                    public void change(RoomId room, UnaryOperator<RoomRule> change) {
                        before.getAndSet(() -> {}).run();
                        super.change(room, change);
                    }
                },
                RoleSettings.read(key -> Optional.empty()),
                20);
        RoomId room = rights.create(ANA, null).room();
        rights.admit(room, ANA, "ben", Role.MEMBER);
        before.set(() -> rights.admit(room, ANA, "ben", Role.OWNER));
        assertUnknown(() -> rights.close(room, ANA));
        assertEquals(Role.OWNER, rights.role(room, BEN));
    }

    @Test
    void nobody_owns_more_rooms_than_they_may() {
        Rights few = new Rights(new MemoryRoomRules(), RoleSettings.read(key -> Optional.empty()), 2);
        few.create(ANA, null);
        RoomId second = few.create(ANA, null).room();
        assertEquals(0, few.roomsLeft(ANA));
        Refused refused = assertThrows(Refused.class, () -> few.create(ANA, null));
        assertEquals(Refused.Code.RATE_LIMITED, refused.code());
        few.close(second, ANA);
        few.create(ANA, null);
        assertNotAllowed(() -> few.create(new Member("guest-1", "guest-1", true), null));
    }

    @Test
    void a_room_is_handed_over_to_somebody_who_is_in_it_and_owns_fewer_than_they_may() {
        Rights few = new Rights(new MemoryRoomRules(), RoleSettings.read(key -> Optional.empty()), 1);
        RoomId room = few.create(ANA, null).room();
        assertNotAllowed(() -> few.admit(room, ANA, "ben", Role.OWNER));
        few.admit(room, ANA, "ben", Role.READER);
        RoomId his = few.create(BEN, null).room();
        Refused refused = assertThrows(Refused.class, () -> few.admit(room, ANA, "ben", Role.OWNER));
        assertEquals(Refused.Code.RATE_LIMITED, refused.code());
        assertEquals(Map.of("ana", Role.OWNER, "ben", Role.READER), few.people(room, ANA));
        few.close(his, BEN);
        few.admit(room, ANA, "ben", Role.OWNER);
        assertEquals(0, few.roomsLeft(BEN));
        few.create(ANA, null);
    }

    @Test
    void who_makes_rooms_at_once_owns_no_more_than_they_may() throws InterruptedException {
        AtomicReference<Rights> few = new AtomicReference<>();
        Thread second = new Thread(() -> few.get().create(ANA, null));
        second.setUncaughtExceptionHandler((thread, refused) -> {});
        RoomRules rules = new MemoryRoomRules() {
            @Override
            public List<RoomRule> naming(String userId) {
                List<RoomRule> counted = super.naming(userId);
                if (second.getState() == Thread.State.NEW && Thread.currentThread() != second) {
                    second.start();
                    // Between counting and making the other one does all that it can.
                    while (second.isAlive() && second.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                }
                return counted;
            }
        };
        few.set(new Rights(rules, RoleSettings.read(key -> Optional.empty()), 1));
        few.get().create(ANA, null);
        second.join();
        assertEquals(1, rules.naming("ana").size());
    }

    @Test
    void nobody_is_called_what_vanishes_from_a_path() {
        RoomId room = rights.create(ANA, null).room();
        for (String name : List.of(".", "..")) {
            Refused refused = assertThrows(Refused.class, () -> rights.admit(room, ANA, name, Role.MEMBER));
            assertEquals(Refused.Code.BAD_NAME, refused.code());
        }
        rights.admit(room, ANA, "...", Role.MEMBER);
    }

    @Test
    void a_wrong_setting_stops_the_start_with_a_sentence_that_names_the_key() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "roomcast.roles.otherwise", "boss",
                        "roomcast.roles.owner", "staff",
                        "roomcast.rooms", "a b")
                .entrySet()) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> rights(Map.of(wrong.getKey(), wrong.getValue())))
                    .getMessage();
            assertTrue(message.contains(wrong.getKey()), message);
        }
    }

    private static void assertUnknown(Executable what) {
        Refused refused = assertThrows(Refused.class, what);
        assertEquals(Refused.Code.NOT_ALLOWED, refused.code());
        assertEquals("There is no such room, or it is not for you.", refused.getMessage());
    }

    private static void assertNotAllowed(Executable what) {
        Refused refused = assertThrows(Refused.class, what);
        assertEquals(Refused.Code.NOT_ALLOWED, refused.code());
        assertNotEquals("There is no such room, or it is not for you.", refused.getMessage());
        assertFalse(refused.code().retryable());
    }

    private static Member member(String userId, String... groups) {
        return new Member(userId, userId, false, Set.of(groups), Instant.MAX);
    }

    private static Rights rights(Map<String, String> settings) {
        return new Rights(new MemoryRoomRules(), RoleSettings.read(key -> Optional.ofNullable(settings.get(key))), 20);
    }
}
