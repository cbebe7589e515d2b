package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.member.Member;
import dev.roomcast.member.Roster;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one node says of who is there, while Redis says this or that. */
class SharedRosterTest {

    private final SharedRoster roster = new SharedRoster();

    @Test
    void what_changed_leads_to_who_is_there_also_while_redis_has_forgotten_who_is_here() {
        roster.enter(new Member("ana", "Ana", false), "s1");
        roster.take(List.of("10", "2", "0", "ana", "- Ana", "ben", "- Ben"));
        Set<String> shown = users(roster.view());
        long told = roster.view().version();

        roster.take(List.of("20", "0", "0"));
        told = follow(shown, told);
        assertEquals(Set.of("ana"), shown);

        roster.take(List.of("30", "1", "0", "ben", "- Ben"));
        told = follow(shown, told);
        assertEquals(Set.of("ana", "ben"), shown);

        roster.take(List.of("40", "2", "0", "ana", "- Ana", "ben", "- Ben"));
        follow(shown, told);
        assertEquals(Set.of("ana", "ben"), shown);
    }

    /** Does what a client does with a change, and looks whether it then counts as many as it is told. */
    private long follow(Set<String> shown, long told) {
        Roster.Changes changes = roster.since(told);
        changes.joined().forEach(member -> shown.add(member.userId()));
        shown.removeAll(changes.left());
        assertEquals(roster.view().count(), shown.size());
        return roster.view().version();
    }

    private static Set<String> users(Roster.View view) {
        Set<String> users = new LinkedHashSet<>();
        view.members().forEach(member -> users.add(member.userId()));
        return users;
    }
}
