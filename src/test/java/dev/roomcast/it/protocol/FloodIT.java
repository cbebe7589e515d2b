package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client that does its worst: the rooms of others are as exact as ever. */
@ExtendWith(Deployed.class)
class FloodIT extends Visit {

    private static final int HANDSHAKES = 10_000;
    private static final int THREADS = 4;

    FloodIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
    }

    @Test
    void ten_thousand_rejected_handshakes_change_nothing_for_others() throws Exception {
        Client ana = come("Ana");
        Client ben = come(Transport.EVENT_STREAM, "Ben");
        String answer = ana.ask(tokens(1_000, 5));
        ExecutorService flood = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> rejected = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                rejected.add(flood.submit(() -> handshakes(HANDSHAKES / THREADS)));
            }
            for (Future<Integer> some : rejected) {
                assertEquals(HANDSHAKES / THREADS, some.get(120, TimeUnit.SECONDS));
            }
        } finally {
            flood.shutdownNow();
        }
        String last = ana.say("That was it.");
        assertEquals(ana.wholeAnswer(answer), ben.wholeAnswer(answer));
        assertTrue(ben.text(answer).trim().endsWith("t999"), ben.text(answer));
        ben.awaitScreen("the last message", shown -> shown.messages.containsKey(last));
        assertEquals(1, ben.count(Client.type("message")));
        assertEquals(2, (int) ben.see(shown -> shown.count));
    }

    /** @return how many were answered 401 */
    private int handshakes(int times) throws IOException {
        int rejected = 0;
        for (int i = 0; i < times; i++) {
            try (RawSocket socket = new RawSocket(house.address())) {
                if (socket.upgrade(house.socket("?ticket=" + i)) == 401) {
                    rejected++;
                }
            }
        }
        return rejected;
    }
}
