package dev.roomcast.it.protocol;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** In a room by WebSocket, with a ticket. */
final class SocketClient extends Client {

    private WebSocket socket;
    private volatile boolean reading = true;

    SocketClient(House house, Person person) {
        super(house, person);
    }

    @Override
    void connect(int connection, String since) {
        socket = house.http()
                .newWebSocketBuilder()
                .buildAsync(house.socket("?ticket=" + house.ticket(person)), new Ear(connection))
                .orTimeout(house.patience().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (since == null) {
            tell("join", "roomId", room());
        } else {
            tell("join", "roomId", room(), "since", since);
        }
    }

    @Override
    void send(String command) {
        socket.sendText(command, true)
                .orTimeout(house.patience().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    void hangUp() {
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    void stopReading() {
        reading = false;
    }

    @Override
    void readOn() {
        reading = true;
        socket.request(1);
    }

    private final class Ear implements WebSocket.Listener {

        private final int connection;
        private final StringBuilder frame = new StringBuilder();

        Ear(int connection) {
            this.connection = connection;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                received(connection, frame.toString());
                frame.setLength(0);
            }
            // Who asks for no more takes no more from the network: that is TCP's own backpressure.
            if (reading || !last) {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closing(connection, code);
            ended(connection);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended(connection);
        }
    }
}
