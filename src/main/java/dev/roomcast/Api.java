package dev.roomcast;

import dev.roomcast.connection.CommandDesk;
import dev.roomcast.connection.DevelopmentTokens;
import dev.roomcast.connection.EventStream;
import dev.roomcast.connection.LongPoll;
import dev.roomcast.connection.Me;
import dev.roomcast.connection.PrivateRooms;
import dev.roomcast.connection.RefusedMapper;
import dev.roomcast.connection.RoomEntry;
import dev.roomcast.connection.RoomInstructions;
import dev.roomcast.connection.RoomPeople;
import dev.roomcast.connection.RoomUsage;
import dev.roomcast.connection.TicketOffice;
import dev.roomcast.operation.About;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What is served below {@code /api}: the classes are named, so that nothing is found by accident. */
@ApplicationScoped
@ApplicationPath("api")
public class Api extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                About.class,
                CommandDesk.class,
                DevelopmentTokens.class,
                EventStream.class,
                LongPoll.class,
                Me.class,
                PrivateRooms.class,
                RoomEntry.class,
                RoomInstructions.class,
                RoomPeople.class,
                RoomUsage.class,
                TicketOffice.class,
                RefusedMapper.class);
    }
}
