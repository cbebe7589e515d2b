package dev.roomcast.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The rooms of this server. A room exists as soon as somebody names it. */
@ApplicationScoped
public class Rooms {

    private final Journal journal;

    protected Rooms() {
        this(null); // for the container's proxy
    }

    @Inject
    public Rooms(Journal journal) {
        this.journal = journal;
    }

    public Room room(RoomId id) {
        return new Room(id, journal);
    }
}
