package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.BareSocket;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.Dropped;
import dev.roomcast.it.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people cost the server's memory: those who only sit there, and those who take nothing of what they are sent (Open Liberty
 * only; CONTRIBUTING.md says how to run it). Not among the tests, since what those leave behind for a while is let go meanwhile.
 */
@ExtendWith(Deployed.class)
class MemoryBench extends Visit {

    private static final int CONNECTIONS = 400;
    private static final int IN_A_ROOM = 50;
    private static final int MOST_IDLE = 8_000;

    private static final int STALLED = 40;
    private static final int MOST_STALLED = 1_000_000;
    /** Some 6 MB: more than two kernels hold for a reader who takes nothing. */
    private static final int MESSAGES = 240;

    private static final String LONG = "語".repeat(8_000);

    private final ServerProcess server;
    private final List<RawSocket> sockets = new ArrayList<>();

    MemoryBench(URI address) {
        super(address, Transport.WEB_SOCKET);
        this.server = ServerProcess.at(address);
    }

    @Test
    void who_only_sits_there_costs_little_more_than_a_bare_socket() throws Exception {
        URI bare = Dropped.deploy(
                ShrinkWrap.create(WebArchive.class, "bare.war")
                        .addClass(BareSocket.class)
                        .addAsWebResource(new StringAsset("here"), "here.txt"),
                "here.txt");
        URI bareSocket = URI.create("ws://" + bare.getAuthority() + bare.getPath() + "ws");
        bareConnections(bareSocket, IN_A_ROOM); // what is made once
        members(IN_A_ROOM);
        long before = server.memory().bytes();
        bareConnections(bareSocket, CONNECTIONS);
        long ofBare = server.memory().bytes() - before;
        before += ofBare;
        members(CONNECTIONS);
        long ofMembers = server.memory().bytes() - before;

        System.out.printf(
                "live bytes a connection: bare %d, of a member in a room %d%n",
                ofBare / CONNECTIONS, ofMembers / CONNECTIONS);
        assertTrue((ofMembers - ofBare) / CONNECTIONS <= MOST_IDLE, (ofMembers - ofBare) + " bytes more");
    }

    private void bareConnections(URI address, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertEquals(101, open(0).upgrade(address));
        }
    }

    private void members(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            enter(room + "-" + i / IN_A_ROOM, house.person("Idle"), 0);
        }
    }

    @Test
    void who_takes_nothing_of_what_they_are_sent_costs_less_than_a_megabyte() throws Exception {
        talk(room + "-warm");
        long before = server.memory().bytes();
        talk(room + "-alone");
        long alone = server.memory().bytes() - before;
        before += alone;
        for (int i = 0; i < STALLED / 2; i++) {
            enter(room, house.person("Stalled"), 2_048);
        }
        talk(room);
        for (int i = 0; i < STALLED / 2; i++) {
            enter(room, house.person("Late"), 2_048);
        }
        long beside = server.memory().bytes() - before;

        System.out.printf("live bytes of a room: %d, with %d who take nothing of it %d%n", alone, STALLED, beside);
        assertTrue((beside - alone) / STALLED < MOST_STALLED, (beside - alone) + " bytes more");
    }

    /** Fills a room's log, and sees all of it. */
    private void talk(String where) {
        Client ana = house.client(transport, house.person("Ana"));
        ana.join(where);
        for (int i = 1; i < MESSAGES; i++) {
            ana.tell("message", "content", LONG);
        }
        ana.say("The end of it");
        assertEquals(MESSAGES, ana.<Integer>see(shown -> shown.messages.size()));
    }

    private void enter(String where, Person person, int receiveBuffer) throws IOException {
        RawSocket socket = open(receiveBuffer);
        assertEquals(101, socket.upgrade(house.socket("?ticket=" + house.ticket(person))));
        socket.text("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"" + where + "\"}");
        socket.awaitText("\"joined\"");
    }

    private RawSocket open(int receiveBuffer) throws IOException {
        RawSocket socket = new RawSocket(house.address(), receiveBuffer);
        sockets.add(socket);
        return socket;
    }

    @AfterEach
    void hangUp() throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }
}
