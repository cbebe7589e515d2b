package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.RoomId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds wherever presence lives. */
public abstract class PresenceContract {

    protected static final Member ANA = new Member("ana", "Ana Ä. 🎉", false);
    protected static final Member BEN = new Member("ben", "Ben", false);
    protected static final Member CAROL = new Member("carol", "Carol", false);

    protected static final Member DORA = new Member("dora", "Dora", false);

    protected final RoomId room = new RoomId("r-" + UUID.randomUUID());

    protected abstract Presence here();

    /** Another node, if there are several. */
    protected abstract Presence there();

    /** Waits until it is so. */
    protected abstract void await(String what, BooleanSupplier condition);

    @Test
    void whoever_comes_knows_who_is_there() {
        assertEquals(List.of(ANA), here().enter(room, ANA, "s1").view().members());
        await("that she is known", () -> there().anybodyIn(room));
        Roster.View told = there().enter(room, BEN, "s2").view();
        assertEquals(2, told.count());
        assertEquals(Set.of("ana", "ben"), ids(told));
        assertEquals(
                Set.of(ANA.name(), "Ben"),
                told.members().stream().map(Member::name).collect(Collectors.toSet()));
    }

    @Test
    void who_comes_and_goes_is_seen_coming_and_going_everywhere() {
        Roster roster = here().enter(room, ANA, "s1");
        AtomicInteger rings = new AtomicInteger();
        try (Presence.Watch watch = here().watch(room, rings::incrementAndGet)) {
            there().enter(room, BEN, "s2");
            await("him coming", () -> roster.view().count() == 2 && rings.get() > 0);
            there().leave(room, BEN, "s2");
            await("him going", () -> roster.view().count() == 1);
        }
        assertEquals(Set.of("ana"), ids(roster.view()));
    }

    @Test
    void one_user_on_both_is_one_member_until_the_last_session_is_gone() {
        Roster near = here().enter(room, ANA, "s1");
        Roster far = there().enter(room, CAROL, "s2");
        there().enter(room, BEN, "s3");
        here().enter(room, BEN, "s4");
        here().enter(room, BEN, "s5");
        await("him", () -> near.view().count() == 3 && far.view().count() == 3);
        there().leave(room, BEN, "s3");
        here().leave(room, BEN, "s4");
        there().enter(room, DORA, "s6");
        // Whoever sees her has seen all that was before.
        await("her", () -> ids(near.view()).contains("dora") && ids(far.view()).contains("dora"));
        assertEquals(Set.of("ana", "ben", "carol", "dora"), ids(near.view()));
        assertEquals(Set.of("ana", "ben", "carol", "dora"), ids(far.view()));
        here().leave(room, BEN, "s5");
        here().leave(room, BEN, "s5");
        await("him going", () -> near.view().count() == 3 && far.view().count() == 3);
    }

    @Test
    void nobody_left_on_either_is_nobody() {
        here().enter(room, ANA, "s1");
        await("her", () -> there().anybodyIn(room));
        assertTrue(here().anybodyIn(room));
        here().leave(room, ANA, "s1");
        assertNull(here().of(room));
        await("her going", () -> !there().anybodyIn(room) && !here().anybodyIn(room));
    }

    @Test
    void who_types_is_seen_typing_until_they_do_not() {
        Roster roster = here().enter(room, ANA, "s1");
        there().enter(room, BEN, "s2");
        await("him", () -> roster.view().count() == 2);
        there().typing(room, BEN, true);
        await("him typing", () -> roster.view().typing().equals(List.of("ben")));
        there().typing(room, BEN, false);
        await("him pausing", () -> roster.view().typing().isEmpty());
        here().typing(room, CAROL, true); // who is not there does not type there
        there().typing(room, BEN, true);
        await("him typing", () -> roster.view().typing().contains("ben"));
        assertEquals(List.of("ben"), roster.view().typing());
    }

    @Test
    void a_large_room_says_how_many_and_not_who() {
        Roster roster = here().enter(room, ANA, "s1");
        for (int i = 0; i < 150; i++) {
            (i % 2 == 0 ? here() : there()).enter(room, new Member("u" + i, "U", false), "s" + i);
        }
        await("all", () -> roster.view().count() == 151);
        Roster.View view = roster.view();
        assertEquals(List.of(), view.members());
        assertNull(roster.since(view.version() - 1));
        for (int i = 0; i < 150; i++) {
            (i % 2 == 0 ? here() : there()).leave(room, new Member("u" + i, "U", false), "s" + i);
        }
        await("her alone", () -> roster.view().count() == 1);
        assertEquals(Set.of("ana"), ids(roster.view()));
    }

    /** A reader who goes from node to node keeps what they have and is told the rest. */
    @Test
    void changes_lead_from_any_version_of_any_node_to_what_is_now() {
        Random random = new Random(7);
        Roster one = here().enter(room, ANA, "s");
        Roster two = there().enter(room, BEN, "s");
        Set<String> shown = new LinkedHashSet<>(ids(one.view()));
        Roster.View told = one.view();
        Roster from = one;
        for (int i = 0; i < 200; i++) {
            Member user = new Member("u" + random.nextInt(8), "U", false);
            Presence node = random.nextBoolean() ? here() : there();
            if (random.nextBoolean()) {
                node.enter(room, user, "s");
            } else {
                node.leave(room, user, "s");
            }
            Roster at = random.nextBoolean() ? one : two;
            Roster.View now = at.view();
            if (now.version() > told.version()) {
                show(shown, at, known(told, from == at), now);
                told = now;
                from = at;
            }
        }
        here().enter(room, CAROL, "s");
        await(
                "the last one on both",
                () -> ids(one.view()).contains("carol") && ids(two.view()).contains("carol"));
        await("both agreeing", () -> one.view().equals(two.view()) || sameButOrder(one.view(), two.view()));
        show(shown, two, known(told, from == two), two.view());
        assertEquals(ids(two.view()), shown);
    }

    /** What was told is worth nothing on another node that does not have the same. */
    private static long known(Roster.View told, boolean there) {
        return there || told.shared() ? told.version() : 0;
    }

    private static boolean sameButOrder(Roster.View one, Roster.View two) {
        return one.version() == two.version() && ids(one).equals(ids(two));
    }

    private static void show(Set<String> shown, Roster roster, long since, Roster.View now) {
        Roster.Changes changes = roster.since(since);
        // As those do who tell readers: if it has gone on since it was looked at, all of it is told.
        if (changes == null || !roster.view().equals(now)) {
            shown.clear();
            shown.addAll(ids(now));
        } else {
            changes.joined().forEach(member -> shown.add(member.userId()));
            shown.removeAll(changes.left());
        }
    }

    protected static Set<String> ids(Roster.View view) {
        return view.members().stream().map(Member::userId).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
