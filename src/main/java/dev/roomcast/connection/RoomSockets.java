package dev.roomcast.connection;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** Tells the server that there are WebSockets at {@code /ws}, and makes a {@link RoomSocket} for each. */
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

    /** Asks CDI by itself: not every server injects what is made here. Once, since looking it up costs a good part of a handshake. */
    private static final class Maker extends ServerEndpointConfig.Configurator {

        private volatile Made made;

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            Made of = made;
            if (of == null) {
                CDI<Object> beans = CDI.current();
                of = new Made(
                        beans.select(Connections.class).get(),
                        beans.select(SocketSinks.class).get());
                made = of;
            }
            return type.cast(new RoomSocket(of.connections, of.sinks));
        }
    }

    /** What each socket is made of. */
    private record Made(Connections connections, SocketSinks sinks) {}
}
