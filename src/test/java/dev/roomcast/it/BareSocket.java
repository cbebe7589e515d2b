package dev.roomcast.it;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** A WebSocket that lets everybody in and does nothing: what the upgrade costs by itself. It knows nothing of the tests, since it is deployed alone. */
@ServerEndpoint("/ws")
public class BareSocket {

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
    }
}
