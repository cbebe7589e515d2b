package dev.roomcast.it.protocol;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** What each contract stands on: a room of its own, and people in it by one transport. */
abstract class Visit {

    final House house;
    final Transport transport;
    final String room = "room-" + House.unique();

    Visit(URI server, Transport transport) {
        this(new House(server), transport);
    }

    Visit(House house, Transport transport) {
        this.house = house;
        this.transport = transport;
    }

    /** Somebody new in the room, by the transport in question. */
    final Client come(String name) {
        return come(transport, name);
    }

    final Client come(Transport by, String name) {
        return come(by, house.person(name));
    }

    final Client come(Transport by, Person person) {
        Client client = house.client(by, person);
        client.join(room);
        return client;
    }

    /** A prompt that the demo model answers with so many tokens, so many milliseconds apart. */
    static String tokens(int tokens, int gapMillis) {
        return "Count. [[demo tokens=" + tokens + " gap=" + gapMillis + "ms numbered]]";
    }

    /** A prompt whose answer lasts until it is stopped, for all that a test cares. */
    static String endless() {
        return tokens(20_000, 10);
    }

    @AfterEach
    final void everybodyLeaves() {
        house.close();
    }
}
