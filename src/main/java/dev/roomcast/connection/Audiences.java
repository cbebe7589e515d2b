package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Presence;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The audience of each room that has readers on this node. Thread-safe. */
@ApplicationScoped
public class Audiences {

    private final ConcurrentMap<RoomId, Audience> audiences = new ConcurrentHashMap<>();
    private final Presence presence;
    private final Threads threads;

    protected Audiences() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Audiences(Presence presence, Threads threads) {
        this.presence = presence;
        this.threads = threads;
    }

    /** Rings for this feed from now on. */
    Audience enter(Room room, Feed feed) {
        return audiences.compute(room.id(), (id, there) -> {
            Audience audience = there == null ? new Audience(room, presence, threads) : there;
            audience.add(feed);
            // Who came before it began to listen is told, too.
            audience.presenceChanged();
            return audience;
        });
    }

    /** Does not any more. */
    void leave(Room room, Feed feed) {
        audiences.computeIfPresent(room.id(), (id, audience) -> {
            if (!audience.removeAndIsEmpty(feed)) {
                return audience;
            }
            audience.close();
            return null;
        });
    }
}
