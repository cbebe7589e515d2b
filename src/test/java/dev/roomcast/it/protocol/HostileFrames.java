package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;

/** Somebody with a token who sends what no client should, each time something else, over WebSocket and HTTP. Each is refused. */
final class HostileFrames implements AutoCloseable {

    /** Characters that each has at the least. */
    static final int LENGTH = 2_000;

    /** As many replies as may be unread at once, and some to spare. */
    private static final int AT_ONCE = 8;

    private final House house;
    private final Person mallory;
    private final RawSocket socket;
    private final String room = "room-" + House.unique();
    private int sent;

    HostileFrames(House house, Person mallory) throws IOException {
        this.house = house;
        this.mallory = mallory;
        this.socket = new RawSocket(house.address());
        assertEquals(101, socket.upgrade(house.socket(""), "Authorization: Bearer " + mallory.token()));
        socket.text(Client.command("j", "join", "roomId", room));
        socket.awaitText("\"joined\"");
    }

    /** So many: most by the socket, since that is how most would come at once. */
    void send(int times) throws IOException {
        int overHttp = times / 8;
        for (int i = 0; i < times - overHttp; i += AT_ONCE) {
            for (int j = 0; j < AT_ONCE; j++) {
                socket.text(next());
            }
            for (int j = 0; j < AT_ONCE; j++) {
                socket.awaitText("\"error\"");
            }
        }
        for (int i = 0; i < overHttp; i++) {
            int status = i % 4 == 0
                    ? read()
                    : house.post("api/rooms/" + room + "/commands", mallory, next())
                            .statusCode();
            assertTrue(status >= 400 && status < 500, "status " + status);
        }
    }

    private int read() {
        String more = "x".repeat(LENGTH) + sent++;
        HttpRequest.Builder request = sent % 2 == 0
                ? house.request("api/rooms/" + room + "/events?wait=0&since=" + more, mallory)
                : house.request("api/rooms/" + more + "/events?session=" + more, mallory);
        request.header("Accept", sent % 3 == 0 ? "text/event-stream" : "application/json");
        return house.send(request.build()).statusCode();
    }

    private String next() {
        String unique = House.unique() + sent++ + "x".repeat(LENGTH);
        return switch (sent % 12) {
            case 0 -> unique;
            case 1 -> "{\"type\":\"message\",\"content\":17,\"more\":\"" + unique + "\"}";
            case 2 -> "{\"type\":\"" + unique + "\"}";
            case 3 -> "{\"type\":\"message\",\"content\":\"x\",\"a\":1,\"a\":\"" + unique + "\"}";
            case 4 -> "{\"type\":\"nothing\",\"" + unique.substring(0, 100) + "\":\"" + unique + "\"}";
            case 5 -> "{\"a\":".repeat(400) + "\"" + unique;
            case 6 -> Client.command(unique, "ping");
            case 7 -> Client.command("c", "join", "roomId", unique);
            case 8 -> Client.command("c", "join", "roomId", room, "since", unique);
            case 9 -> Client.command("c", "ai-stop", "answerId", unique);
            case 10 -> Client.command("c", "remove", "messageId", unique);
            default -> Client.command("c", "refresh", "token", unique);
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
