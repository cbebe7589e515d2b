package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Holds wherever rules of rooms live. */
public abstract class RoomRulesContract {

    private final RoomId room = RoomId.ofPrivate();

    protected abstract RoomRules here();

    /** Another node, if there are several. */
    protected abstract RoomRules there();

    /** Waits until it is so. */
    protected abstract void await(String what, BooleanSupplier condition);

    @Test
    void what_is_said_on_one_node_holds_on_the_other() {
        RoomRule rule = new RoomRule(
                room,
                "Ä \"budget\" 🎉",
                "Be \"kind\".",
                Map.of("ana", Role.OWNER, "ben", Role.NONE, "c@x", Role.READER));
        here().change(room, none -> rule);
        assertEquals(rule, here().find(room), "who has changed it sees it at once");
        await("the rule", () -> rule.equals(there().find(room)));
        there().change(room, known -> known.with("ben", Role.MEMBER));
        await("the change", () -> here().find(room).people().get("ben") == Role.MEMBER);
    }

    @Test
    void what_is_ended_ends_everywhere() {
        here().change(room, none -> new RoomRule(room, null, null, Map.of("ana", Role.OWNER)));
        await("the rule", () -> there().find(room) != null);
        there().change(room, known -> null);
        assertNull(there().find(room));
        await("the end of the rule", () -> here().find(room) == null);
    }

    @Test
    void the_rules_that_name_somebody_are_found() {
        String user = "u" + room.name();
        RoomId other = RoomId.ofPrivate();
        here().change(room, none -> new RoomRule(room, null, null, Map.of(user, Role.READER)));
        here().change(other, none -> new RoomRule(other, null, null, Map.of(user, Role.NONE)));
        await(
                "the rule",
                () -> there().naming(user).stream().map(RoomRule::room).toList().equals(List.of(room)));
    }

    @Test
    void a_change_that_is_refused_changes_nothing() {
        here().change(room, none -> new RoomRule(room, null, null, Map.of("ana", Role.OWNER)));
        assertThrows(
                Refused.class,
                () -> here().change(room, known -> {
                    throw new Refused(Refused.Code.NOT_ALLOWED, "No.");
                }));
        assertEquals(Map.of("ana", Role.OWNER), here().find(room).people());
    }

    @Test
    void of_many_changes_at_once_none_is_lost() throws Exception {
        here().change(room, none -> new RoomRule(room, null, null, Map.of("ana", Role.OWNER)));
        await("the rule", () -> there().find(room) != null);
        ExecutorService owners = Executors.newFixedThreadPool(16);
        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String user = "u" + i;
            RoomRules node = i % 2 == 0 ? here() : there();
            changes.add(owners.submit(() -> node.change(room, known -> known.with(user, Role.MEMBER))));
        }
        owners.shutdown();
        for (Future<?> change : changes) {
            change.get(60, TimeUnit.SECONDS);
        }
        await("all of them", () -> here().find(room).people().size() == 41);
        await("all of them", () -> there().find(room).people().size() == 41);
    }
}
