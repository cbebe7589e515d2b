package dev.roomcast.cluster;

import dev.roomcast.redis.RedisServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two nodes on one real Redis, for all tests of a class. There they may do what the docs say that they need, and no more. */
final class Cluster implements BeforeAllCallback, AfterAllCallback {

    RedisServer server;
    Node one;
    Node two;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.start(RedisServer.user().toArray(String[]::new));
        one = new Node(server);
        two = new Node(server);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (two != null) {
            two.close();
        }
        if (one != null) {
            one.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
