package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cable is pulled in the middle of an answer, on each transport: afterwards both pages show the same, whole answer. */
@ExtendWith({Deployed.class, Browsers.class})
class PulledCableIT {

    private static final int TOKENS = 200;

    /** What a proxy on the way lets through, and what the page says of itself then. */
    enum Way {
        WEBSOCKET("Live"),
        EVENTS("Live, over events"),
        POLLING("Live, by polling");

        private final String status;

        Way(String status) {
            this.status = status;
        }

        void allowOnly(Visitor visitor) {
            if (this != WEBSOCKET) {
                visitor.page.routeWebSocket("**/ws*", socket -> socket.close());
            }
            if (this == POLLING) {
                visitor.page.route("**/api/rooms/*/events*", route -> {
                    String accept = route.request().headerValue("accept");
                    if (accept != null && accept.contains("text/event-stream")) {
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_survives_a_pulled_cable(Way way, URI server, Browser browser) throws IOException {
        String room = "cable-" + UUID.randomUUID();
        try (Cable cable = new Cable(server.getPort());
                Visitor ana = Visitor.with(browser);
                Visitor ben = Visitor.with(browser)) {
            way.allowOnly(ana);
            ana.enter("http://localhost:" + cable.port() + server.getPath() + "#/" + room, "Ana Lee");
            ana.seesStatus(way.status);
            ben.enter(server + "#/" + room, "Ben");

            ana.ask("Count [[demo tokens=" + TOKENS + " gap=40ms numbered]]");
            ana.sees("t9 ");
            cable.cut();
            ana.seesStatus("Reconnecting…");
            ana.shoot("7-cable-pulled-" + way.name().toLowerCase());
            ben.sees("t60 ");
            cable.mend();

            String whole = IntStream.range(0, TOKENS).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
            ana.sees("t" + (TOKENS - 1));
            ana.seesTheEnd();
            ben.seesTheEnd();
            assertTrue(ana.answer().innerText().contains(whole), ana.answer().innerText());
            assertTrue(ben.answer().innerText().contains(whole));
        }
    }
}
