package dev.roomcast.connection;

import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** Tells the server that there are WebSockets at {@code /ws}, and has CDI make a {@link RoomSocket} for each. */
public class RoomSockets implements ServerApplicationConfig {

    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
        return Set.of(ServerEndpointConfig.Builder.create(RoomSocket.class, "/ws")
                .configurator(new Maker())
                .build());
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
        return Set.of();
    }

    /** Not every server has CDI make endpoints by itself. What one is made of is looked up once, since that costs a good part of a handshake. */
    private static final class Maker extends ServerEndpointConfig.Configurator {

        private volatile Unmanaged<RoomSocket> sockets;

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            Unmanaged<RoomSocket> by = sockets;
            if (by == null) {
                by = new Unmanaged<>(RoomSocket.class); // and not before: CDI may not have started yet
                sockets = by;
            }
            // Never disposed of: what is injected lives as long as the application.
            return type.cast(by.newInstance().produce().inject().postConstruct().get());
        }
    }
}
