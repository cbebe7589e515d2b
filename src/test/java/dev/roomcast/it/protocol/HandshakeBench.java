package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.BareSocket;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.Dropped;
import dev.roomcast.it.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What it costs the server's processors to let somebody in by a ticket, beside a socket that asks for nothing and does nothing
 * (Open Liberty only; CONTRIBUTING.md says how to run it). Not among the tests, since it takes a quiet machine.
 */
@ExtendWith(Deployed.class)
class HandshakeBench {

    /** Until then the server still gets faster, at a pace of its own for each of the two. */
    private static final int WARM_UP = 10;

    private static final int ROUNDS = 25;
    private static final int HANDSHAKES = 1_000;
    private static final double BOUND = 1.5;

    private final ServerProcess server;
    private final House house;

    HandshakeBench(URI address) {
        this.server = ServerProcess.at(address);
        this.house = new House(address);
    }

    @Test
    void a_handshake_with_a_ticket_costs_little_more_than_a_bare_one() throws Exception {
        URI bare = Dropped.deploy(
                ShrinkWrap.create(WebArchive.class, "bare.war")
                        .addClass(BareSocket.class)
                        .addAsWebResource(new StringAsset("here"), "here.txt"),
                "here.txt");
        Person ana = house.person("Ana");
        List<Double> bares = new ArrayList<>();
        List<Double> tickets = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double without = microseconds(bare, Collections.nCopies(HANDSHAKES, ""));
            double with = microseconds(house.address(), tickets(ana));
            if (round >= WARM_UP) {
                bares.add(without);
                tickets.add(with);
                ratios.add(with / without);
            }
            System.out.printf("bare %.0f µs, with a ticket %.0f µs%n", without, with);
        }
        System.out.printf(
                "CPU of a handshake, median: bare %.0f µs, with a ticket %.0f µs, %.2f times that%n",
                median(bares), median(tickets), median(ratios));
        assertTrue(median(ratios) <= BOUND, "costs " + median(ratios) + " times a bare one");
    }

    private List<String> tickets(Person ana) {
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < HANDSHAKES; i++) {
            tickets.add("?ticket=" + house.ticket(ana));
        }
        return tickets;
    }

    /** The server's CPU for one handshake and the end of its connection. */
    private double microseconds(URI address, List<String> queries) throws IOException {
        URI socket = URI.create("ws://" + address.getAuthority() + address.getPath() + "ws");
        Duration before = server.cpu();
        for (String query : queries) {
            try (RawSocket raw = new RawSocket(address)) {
                assertEquals(101, raw.upgrade(URI.create(socket + query)));
            }
        }
        return server.cpu().minus(before).toNanos() / 1_000.0 / queries.size();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
