package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.member.Member;
import dev.roomcast.room.RoomId;
import org.junit.jupiter.api.Test;

/** What somebody who polls was told of who is here, on one node and then on another. */
class PresenceToldTest {

    private static final Member ANA = new Member("ana", "Ana", false);
    private static final RoomId ROOM = new RoomId("standup");
    private static final PresenceTold SHARED = new PresenceTold(10, true);
    private static final PresenceTold OWN = new PresenceTold(10, false);

    @Test
    void what_other_nodes_have_too_is_gone_on_with_there() {
        assertEquals(SHARED, elsewhere(SHARED, null));
        assertEquals(SHARED, elsewhere(SHARED, new PresenceTold(9, true)));
        assertEquals(new PresenceTold(11, true), elsewhere(SHARED, new PresenceTold(11, true)), "the newer");
    }

    @Test
    void what_one_node_alone_has_is_worth_nothing_on_another_whatever_that_told_before() {
        assertEquals(PresenceTold.NOTHING, elsewhere(OWN, null));
        assertEquals(PresenceTold.NOTHING, elsewhere(OWN, new PresenceTold(9, true)));
        assertEquals(PresenceTold.NOTHING, elsewhere(OWN, new PresenceTold(10, true)));
        assertEquals(OWN, elsewhere(OWN, OWN), "and is gone on with where it was told");
    }

    /** @param before what that node told, or {@code null} */
    private static PresenceTold elsewhere(PresenceTold told, PresenceTold before) {
        PollSession one = new PollSession("s1", ANA, ROOM);
        one.knows(told);
        PollSession noted = PollSession.noted("s1", one.note(), ANA, ROOM).orElseThrow();
        if (before == null) {
            noted.goOnHere();
            return noted.presence();
        }
        PollSession two = new PollSession("s1", ANA, ROOM);
        two.knows(before);
        two.catchUp(noted);
        return two.presence();
    }
}
