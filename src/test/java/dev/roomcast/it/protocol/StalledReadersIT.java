package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A room with many readers that never read what they are sent, until the kernel takes no more of it. */
@ExtendWith(Deployed.class)
class StalledReadersIT extends Visit {

    private static final int SOCKETS = 25;
    private static final int EVENT_STREAMS = 25;

    /**
     * More than the kernel buffers on its way to somebody who takes nothing, some megabytes over loopback, and less than the log
     * keeps: whoever reads slowly, since the machine is busy, reads all of it.
     */
    private static final int MESSAGES = 240;

    /** Of 131 bytes each: more than two kernels and a server can hold in both directions. */
    private static final int MANY_PINGS = 120_000;

    private static final String LONG = "語".repeat(8_000);

    private final List<RawSocket> stalled = new ArrayList<>();

    StalledReadersIT(URI server) {
        super(server, Transport.WEB_SOCKET);
    }

    @Test
    void many_on_sockets_and_on_event_streams_delay_nobody() throws IOException {
        for (int i = 0; i < SOCKETS; i++) {
            RawSocket socket = comeAndStall();
            assertEquals(101, socket.upgrade(house.socket("?ticket=" + house.ticket(house.person("Stalled")))));
            socket.text("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"" + room + "\"}");
            socket.awaitText("\"joined\"");
        }
        for (int i = 0; i < EVENT_STREAMS; i++) {
            assertEquals(
                    200,
                    comeAndStall()
                            .request("GET " + house.address().getPath() + "api/rooms/" + room
                                    + "/events HTTP/1.1\r\nHost: "
                                    + house.address().getAuthority()
                                    + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                    + house.person("Stalled").token() + "\r\n\r\n"));
        }
        Client ana = come("Ana");
        Client ben = come(Transport.EVENT_STREAM, "Ben");
        for (int i = 1; i < MESSAGES; i++) {
            ana.tell("message", "content", LONG);
        }
        String last = ana.say("The end of it");
        ben.awaitScreen("all that was said", shown -> shown.messages.containsKey(last));

        String answer = ana.ask(tokens(200, 5));
        String text = ana.wholeAnswer(answer);
        assertEquals(200, text.split(" ").length);
        assertEquals(text, ben.wholeAnswer(answer));
        Client cem = come(Transport.EVENT_STREAM, "Cem");
        assertEquals(MESSAGES, ben.<Integer>see(shown -> shown.messages.size()));
        String greeting = cem.say("Good morning");
        ben.awaitScreen("who came now", shown -> shown.messages.containsKey(greeting));
    }

    @Test
    void who_sends_pings_and_reads_no_answer_delays_nobody() throws Exception {
        Client ana = come("Ana");
        Client ben = come("Ben");
        for (int i = 0; i < 3; i++) {
            RawSocket socket = comeAndStall();
            assertEquals(101, socket.upgrade(house.socket("?ticket=" + house.ticket(house.person("Pinging")))));
            socket.text("{\"type\":\"join\",\"id\":\"j\",\"roomId\":\"" + room + "\"}");
            socket.awaitText("\"joined\"");
            pingUntilStuck(socket);
        }
        String greeting = ana.say("Good morning");
        ben.awaitScreen("what was said", shown -> shown.messages.containsKey(greeting));
        String answer = ana.ask(tokens(200, 5));
        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));
        Client cem = come("Cem");
        ana.awaitScreen("him coming", shown -> shown.members.containsKey(cem.person.userId()));
    }

    /** Sends pings until the server takes no more of them. */
    private static void pingUntilStuck(RawSocket socket) throws InterruptedException {
        BlockingQueue<Boolean> taken = new LinkedBlockingQueue<>();
        Thread pinging = new Thread(() -> {
            try {
                for (int i = 0; i < MANY_PINGS; i++) {
                    socket.frame(0x80 | RawSocket.PING, true, new byte[125]);
                    taken.add(true);
                }
            } catch (IOException e) {
                taken.add(false); // hung up, by whichever side
            }
        });
        pinging.setDaemon(true);
        pinging.start();
        for (int i = 0; i < MANY_PINGS && Boolean.TRUE.equals(taken.poll(1, TimeUnit.SECONDS)); i++) {}
    }

    private RawSocket comeAndStall() throws IOException {
        RawSocket socket = new RawSocket(house.address(), 2_048);
        stalled.add(socket);
        return socket;
    }

    @AfterEach
    void hangUp() throws IOException {
        for (RawSocket socket : stalled) {
            socket.close();
        }
    }
}
