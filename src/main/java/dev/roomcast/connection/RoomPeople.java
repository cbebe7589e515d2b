package dev.roomcast.connection;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.member.Audit;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;

/** {@code api/rooms/{room}/people/{userId}}: inviting, handing over, removing. Takes effect within seconds also on open connections. */
@RequestScoped
@Path("rooms/{room}/people/{userId}")
public class RoomPeople {

    private static final System.Logger LOG = System.getLogger(RoomPeople.class.getName());

    @Inject
    private Door door;

    @Inject
    private Rights rights;

    @Inject
    private Connections connections;

    @Inject
    private Assistant assistant;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response admit(
            @PathParam("room") String name,
            @PathParam("userId") String userId,
            @Context HttpServletRequest request,
            InputStream body)
            throws IOException {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.READER); // before the body: it could tell that the room is there
        Role role = Role.called(Command.fields(Http.text(body)).word("role"))
                .orElseThrow(
                        () -> new Refused(Code.BAD_FRAME, "\"role\" is one of reader, member, moderator and owner."));
        connections.spendMessage(member);
        rights.admit(room, member, userId, role);
        Audit.note("admitted", member, room, "who", userId, "role", role.wire());
        if (room.isPrivate() && !role.isAtLeast(Role.MEMBER)) {
            withdraw(room, userId, member);
        }
        return Response.noContent().build();
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Response dismiss(
            @PathParam("room") String name, @PathParam("userId") String userId, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.READER);
        connections.spendMessage(member);
        rights.dismiss(room, member, userId);
        Audit.note("dismissed", member, room, "who", userId);
        // Who leaves a room that they may enter again may ask there still.
        if (!userId.equals(member.userId()) || !rights.role(room, member).isAtLeast(Role.MEMBER)) {
            withdraw(room, userId, member);
        }
        return Response.noContent().build();
    }

    /** What they asked and waits would be answered at the cost of somebody who may not ask any more. Nobody waits for it to be over. */
    private void withdraw(RoomId id, String userId, Member by) {
        Room room = connections.rooms().room(id);
        room.open()
                .thenRun(() -> assistant.withdrawAll(room, userId, by.userId()))
                .exceptionally(failure -> {
                    LOG.log(Level.DEBUG, "Questions of " + userId + " in " + id + " go on waiting", failure);
                    return null;
                });
    }
}
