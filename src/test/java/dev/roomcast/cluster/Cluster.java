package dev.roomcast.cluster;

import dev.roomcast.redis.RedisServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two nodes on one real Redis, for all tests of a class. */
final class Cluster implements BeforeAllCallback, AfterAllCallback {

    RedisServer server;
    Node one;
    Node two;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.start();
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
