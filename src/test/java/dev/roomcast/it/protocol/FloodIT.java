package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import dev.roomcast.it.ServerProcess;
import dev.roomcast.it.ServerProcess.Memory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client that does its worst: the rooms of others are as exact as ever, and nothing of it is left when it is over. */
@ExtendWith(Deployed.class)
class FloodIT extends Visit {

    private static final int TIMES = 10_000;
    private static final int THREADS = 4;

    /** Half of what would be left if one object of ours, or what one frame says, stayed of each time. */
    private static final Memory SLACK = new Memory(TIMES * HostileFrames.LENGTH / 2, TIMES / 2);

    private final ServerProcess server;

    FloodIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        this.server = ServerProcess.at(server.address());
    }

    @Test
    void ten_thousand_rejected_handshakes_change_nothing_for_others() throws Exception {
        unharmed(times -> {
            ExecutorService flood = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Integer>> rejected = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    rejected.add(flood.submit(() -> handshakes(times / THREADS)));
                }
                for (Future<Integer> some : rejected) {
                    assertEquals(times / THREADS, some.get(120, TimeUnit.SECONDS));
                }
            } finally {
                flood.shutdownNow();
            }
        });
    }

    @Test
    void ten_thousand_hostile_frames_change_nothing_for_others() throws Exception {
        Person mallory = house.person("Mallory");
        try (HostileFrames frames = new HostileFrames(house, mallory)) {
            unharmed(frames::send);
        }
    }

    /** Others talk and read by all transports while that happens, and the server is as it was when it is over. */
    private void unharmed(Flood flood) throws Exception {
        List<Client> others = new ArrayList<>();
        for (Transport transport : Transport.ALL) {
            others.add(come(transport, "Reader"));
        }
        Client ana = others.get(0);
        flood.run(TIMES / 10); // what is made once is there then
        Memory before = server.memory();
        String answer = ana.ask(tokens(300, 10));
        flood.run(TIMES);
        String last = ana.say("That was it.");
        String text = ana.wholeAnswer(answer);
        assertEquals(IntStream.range(0, 300).mapToObj(i -> "t" + i).collect(Collectors.joining(" ")), text.trim());
        for (Client other : others) {
            assertEquals(text, other.wholeAnswer(answer));
            other.awaitScreen("the last message", shown -> shown.messages.containsKey(last));
            assertEquals(1, (int) other.see(shown -> shown.messages.size()));
            assertEquals(others.size(), other.people());
            assertEquals(1, other.snapshots(), "had to begin anew");
        }
        Memory after = server.memoryOnce(now -> isBack(before, now));
        assertTrue(isBack(before, after), "before " + before + ", after " + after);
    }

    private static boolean isBack(Memory before, Memory now) {
        return now.bytes() - before.bytes() < SLACK.bytes() && now.ours() - before.ours() < SLACK.ours();
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

    private interface Flood {
        void run(int times) throws Exception;
    }
}
