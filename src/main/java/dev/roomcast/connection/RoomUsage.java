package dev.roomcast.connection;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code api/rooms/{room}/usage}: the tokens that a room has had today, and how many it may have. */
@RequestScoped
@Path("rooms/{room}/usage")
public class RoomUsage {

    @Inject
    private Door door;

    @Inject
    private Rights rights;

    @Inject
    private Rooms rooms;

    @Inject
    private Assistant assistant;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(@PathParam("room") String name, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.READER);
        long tokens = rooms.room(room).state().spent().on(System.currentTimeMillis());
        return Http.secret(Json.write(json -> {
            json.writeNumberField("tokensToday", tokens);
            if (assistant.tokensPerDay() > 0) {
                json.writeNumberField("limit", assistant.tokensPerDay());
            }
        }));
    }
}
