package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {

    private final MemoryRoster roster = new MemoryRoster();

    @Test
    void a_member_is_one_however_many_sessions() {
        assertTrue(roster.enter(member("ana"), "s1"));
        assertFalse(roster.enter(member("ana"), "s2"));
        assertEquals(1, roster.view().count());
        assertFalse(roster.leave(member("ana"), "s1"));
        assertEquals(1, roster.view().count());
        assertTrue(roster.leave(member("ana"), "s2"));
        assertEquals(0, roster.view().count());
    }

    @Test
    void leaving_twice_is_leaving_once() {
        roster.enter(member("ana"), "s1");
        roster.enter(member("ana"), "s2");
        roster.leave(member("ana"), "s1");
        roster.leave(member("ana"), "s1");
        assertEquals(1, roster.view().count());
    }

    @Test
    void a_large_room_says_how_many_and_not_who() {
        for (int i = 0; i < 5_000; i++) {
            roster.enter(member("u" + i), "s" + i);
        }
        Roster.View view = roster.view();
        assertEquals(5_000, view.count());
        assertEquals(List.of(), view.members());
        assertNull(roster.since(view.version() - 1));
    }

    @Test
    void who_said_something_is_not_typing_any_more() {
        roster.enter(member("ana"), "s1");
        assertTrue(roster.typing(member("ana"), true));
        assertFalse(roster.typing(member("ana"), true));
        assertEquals(List.of("ana"), roster.view().typing());
        assertTrue(roster.typing(member("ana"), false));
        assertEquals(List.of(), roster.view().typing());
        assertFalse(roster.typing(member("somebody-else"), true));
    }

    /** A reader may have any version from which the changes are told: applied to it, they lead to what is now. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changes_lead_from_any_version_that_they_reach_back_to_to_what_is_now(long seed) {
        Random random = new Random(seed);
        Set<String> told = new LinkedHashSet<>();
        long toldVersion = roster.view().version();
        Set<String> later = null;
        long laterVersion = 0;
        for (int i = 0; i < 120; i++) {
            String user = "u" + random.nextInt(12);
            if (random.nextBoolean()) {
                roster.enter(member(user), "s");
            } else {
                roster.leave(member(user), "s");
            }
            if (i == 50) {
                later = here();
                laterVersion = roster.view().version();
            }
        }
        assertTrue(laterVersion >= toldVersion);
        Roster.Changes changes = roster.since(toldVersion);
        assertEquals(here(), apply(changes, told));
        assertEquals(here(), apply(changes, later));
    }

    private static Set<String> apply(Roster.Changes changes, Set<String> to) {
        Set<String> result = new LinkedHashSet<>(to);
        changes.joined().forEach(member -> result.add(member.userId()));
        changes.left().forEach(result::remove);
        return result;
    }

    private Set<String> here() {
        return roster.view().members().stream().map(Member::userId).collect(Collectors.toSet());
    }

    private static Member member(String userId) {
        return new Member(userId, userId, false);
    }
}
