package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Everybody knows who else is here, by whatever transport they came. */
abstract class PresenceContract extends Visit {

    PresenceContract(URI server, Transport transport) {
        super(server, transport);
    }

    @Test
    void people_are_seen_coming_whatever_their_transport() {
        Client ana = come("Ana");
        for (Transport by : Transport.ALL) {
            Client ben = come(by, "Ben");
            ana.awaitScreen("him coming", shown -> shown.members.containsKey(ben.person.userId()));
            ben.awaitScreen("her who was here", shown -> shown.members.containsKey(ana.person.userId()));
        }
        assertEquals(4, ana.people());
    }

    @Test
    void who_came_by_this_transport_is_seen_going() {
        Client ana = come(Transport.WEB_SOCKET, "Ana");
        Client ben = come("Ben");
        ana.awaitScreen("him coming", shown -> shown.members.containsKey(ben.person.userId()));
        ben.cut();
        // Who only listens is missed when they are told something.
        ana.doUntil(() -> ana.say("Still here?"), "him leaving", shown -> shown.count == 1);
        assertTrue(ana.sees(ana.person));
    }

    @Test
    void one_person_in_several_places_is_one_member() {
        Client ben = come("Ben");
        Client ana = come("Ana");
        for (Transport by : Transport.ALL) {
            come(by, ana.person);
        }
        Client brief = come(Transport.WEB_SOCKET, ana.person);
        brief.cut();
        Client carol = come("Carol");
        ben.awaitScreen("her coming", shown -> shown.members.containsKey(carol.person.userId()));

        assertTrue(ben.sees(ana.person), "one of her places was all of her");
        assertEquals(3, ben.people());
    }

    @Test
    void who_types_is_seen_typing_until_they_have_spoken() {
        Client ana = come("Ana");
        Client ben = come("Ben");
        String id = ana.tell("typing");
        assertEquals("reply", ana.answerTo(id).get("type").asText());
        ben.awaitScreen("her typing", shown -> shown.typing.contains(ana.person.userId()));
        ana.say("Done.");
        ben.awaitScreen("her pausing", shown -> shown.typing.isEmpty());
    }
}
