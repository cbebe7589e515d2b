package dev.roomcast.connection;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;

/** {@code api/rooms/{room}/usage}: the tokens that a room has had today, and how many it may have. */
@RequestScoped
@Path("rooms/{room}/usage")
public class RoomUsage {

    @Inject
    private Door door;

    @Inject
    private Connections connections;

    @Inject
    private Rights rights;

    @Inject
    private Rooms rooms;

    @Inject
    private Assistant assistant;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public void show(
            @PathParam("room") String name, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        Member member = door.admit(request);
        Room room = rooms.room(new RoomId(name));
        rights.require(room.id(), member, Role.READER);
        connections.spendMessage(member); // it opens the room, which nobody need be in
        long limit = assistant.tokensPerDay();
        room.open().whenComplete((open, failure) -> {
            if (failure == null) {
                response.resume(told(room.state().spent().on(System.currentTimeMillis()), limit));
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                response.resume(cause instanceof Refused refused ? RefusedMapper.response(null, refused) : cause);
            }
        });
    }

    private static Response told(long tokens, long limit) {
        return Http.secret(Json.write(json -> {
            json.writeNumberField("tokensToday", tokens);
            if (limit > 0) {
                json.writeNumberField("limit", limit);
            }
        }));
    }
}
