package dev.roomcast.it;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A WebSocket that lets everybody in and does nothing: what the upgrade costs by itself. A WAR of its own. */
@ServerEndpoint("/ws")
public class BareSocket {

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
    }

    /** Deploys it beside the others, and returns its address, with a slash at the end. */
    public static URI deploy() throws IOException, InterruptedException {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "bare.war")
                .addClass(BareSocket.class)
                .addAsWebResource(new org.jboss.shrinkwrap.api.asset.StringAsset("here"), "here.txt");
        return Dropped.deploy(war, "here.txt");
    }
}
