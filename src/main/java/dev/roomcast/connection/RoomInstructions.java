package dev.roomcast.connection;

import dev.roomcast.member.Audit;
import dev.roomcast.member.Instructions;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code api/rooms/{room}/instructions}: what the assistant is told in a room, for all who are in it to see, and for its owner to change. */
@RequestScoped
@Path("rooms/{room}/instructions")
public class RoomInstructions {

    @Inject
    private Door door;

    @Inject
    private Rights rights;

    @Inject
    private Instructions instructions;

    @Inject
    private Connections connections;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(@PathParam("room") String name, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.READER);
        return Http.secret(Json.write(json -> Fields.optional(json, "instructions", instructions.of(room))));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("room") String name, @Context HttpServletRequest request, InputStream body)
            throws IOException {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.OWNER); // before the body: it could tell that the room is there
        change(room, member, Command.fields(Http.text(body)).text("instructions", Instructions.MAX_LENGTH));
        return Response.noContent().build();
    }

    /** Those of the configuration count again, if it has any. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Response remove(@PathParam("room") String name, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.OWNER);
        change(room, member, null);
        return Response.noContent().build();
    }

    private void change(RoomId room, Member member, String text) {
        connections.spendMessage(member);
        instructions.change(room, member, text);
        Audit.note("instructed", member, room);
    }
}
