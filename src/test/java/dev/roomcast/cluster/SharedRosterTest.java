package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        shown = follow(shown, told);
        assertEquals(Set.of("ana"), shown);
        told = roster.view().version();

        roster.take(List.of("30", "1", "0", "ben", "- Ben"));
        shown = follow(shown, told);
        assertEquals(Set.of("ana", "ben"), shown);
        told = roster.view().version();

        roster.take(List.of("40", "2", "0", "ana", "- Ana", "ben", "- Ben"));
        assertEquals(Set.of("ana", "ben"), follow(shown, told));
    }

    @Test
    void who_came_back_here_before_it_was_heard_is_shown_with_all_the_others_and_not_by_a_change() {
        roster.enter(new Member("ana", "Ana", false), "s1");
        roster.take(List.of("10", "2", "0", "ana", "- Ana", "ben", "- Ben"));
        Set<String> shown = users(roster.view());
        roster.take(List.of("20", "1", "0", "ana", "- Ana"));
        roster.enter(new Member("ben", "Ben", false), "s2");
        shown = follow(shown, 10);
        assertEquals(Set.of("ana", "ben"), shown);

        // And went again, before anything was heard of that.
        roster.leave(new Member("ben", "Ben", false), "s2");
        assertEquals(21, roster.version(), "what was shown has to be taken back, so there has to be another version");
        roster.take(List.of("22", "1", "0", "ana", "- Ana"));
        assertEquals(Set.of("ana"), follow(shown, 20));
    }

    @Test
    void who_comes_here_while_others_are_heard_of_is_told_to_those_who_come_from_another_node() {
        roster.take(List.of("10", "1", "0", "ana", "- Ana"));
        roster.enter(new Member("ben", "Ben", false), "s1");
        roster.take(List.of("20", "1", "0", "ana", "- Ana"));
        roster.take(List.of("22", "3", "0", "ana", "- Ana", "carol", "- Carol", "ben", "- Ben"));
        assertEquals(Set.of("ana", "carol", "ben"), follow(Set.of("ana"), 20), "at 20 she was alone elsewhere");
        assertEquals(Set.of("ana", "carol", "ben"), follow(Set.of("ana", "carol"), 21), "and there were two at 21");
    }

    @Test
    void who_came_and_went_here_before_it_was_heard_is_gone_also_for_those_who_were_told_and_go_on_at_another_node() {
        SharedRoster other = new SharedRoster();
        roster.enter(new Member("ana", "Ana", false), "s1");
        for (SharedRoster node : List.of(roster, other)) {
            node.take(List.of("10", "1", "0", "ana", "- Ana"));
        }
        assertTrue(roster.view().shared());
        roster.enter(new Member("ben", "Ben", false), "s2");
        Roster.View told = roster.view();
        assertEquals(Set.of("ana", "ben"), users(told));
        roster.leave(new Member("ben", "Ben", false), "s2");
        other.take(List.of(Long.toString(roster.version() + 1), "1", "0", "ana", "- Ana"));
        assertEquals(Set.of("ana"), elsewhere(told, other));
    }

    @Test
    void so_is_who_came_while_others_were_heard_of_or_while_redis_was_away() {
        SharedRoster other = new SharedRoster();
        roster.enter(new Member("ben", "Ben", false), "s2");
        for (SharedRoster node : List.of(roster, other)) {
            node.take(List.of("10", "1", "0", "ana", "- Ana"));
        }
        Roster.View told = roster.view();
        assertEquals(Set.of("ana", "ben"), users(told));
        other.take(List.of("12", "1", "0", "ana", "- Ana"));
        assertEquals(Set.of("ana"), elsewhere(told, other), "who was not heard of at 10");

        roster.untold(roster.tell());
        told = roster.view();
        assertEquals(Set.of("ana", "ben"), users(told));
        other.untold(List.of("-", "carol", ""));
        assertEquals(Set.of("ana"), elsewhere(told, other), "each node makes up versions of its own");
    }

    /** As a client that was told this, and goes on at this node. */
    private Set<String> elsewhere(Roster.View told, SharedRoster node) {
        Roster.Changes changes = told.shared() ? node.since(told.version()) : null;
        if (changes == null) {
            return users(node.view());
        }
        Set<String> shown = users(told);
        changes.joined().forEach(member -> shown.add(member.userId()));
        shown.removeAll(changes.left());
        return shown;
    }

    /** As a client that was told all there is, or what changed, and that then counts as many as it is told. */
    private Set<String> follow(Set<String> before, long told) {
        Roster.View now = roster.view();
        Set<String> shown = roster.since(told) == null ? users(now) : new LinkedHashSet<>(before);
        if (roster.since(told) != null) {
            follow(shown, told, now.count());
        }
        return shown;
    }

    /** Does what a client does with a change, and looks whether it then counts as many as it is told. */
    private void follow(Set<String> shown, long told, int count) {
        Roster.Changes changes = roster.since(told);
        changes.joined().forEach(member -> shown.add(member.userId()));
        shown.removeAll(changes.left());
        assertEquals(count, shown.size());
    }

    private static Set<String> users(Roster.View view) {
        Set<String> users = new LinkedHashSet<>();
        view.members().forEach(member -> users.add(member.userId()));
        return users;
    }
}
