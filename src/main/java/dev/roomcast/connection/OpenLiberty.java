package dev.roomcast.connection;

import jakarta.websocket.Session;

/** The one server whose WebSockets are written and read in another way than elsewhere. */
final class OpenLiberty {

    static boolean owns(Session session) {
        return session.getClass().getName().startsWith("com.ibm.ws.");
    }

    private OpenLiberty() {}
}
