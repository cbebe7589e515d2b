package dev.roomcast.connection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.member.Audit;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** {@code api/rooms/{room}}: what a room is to whoever asks, and to whom else it is something. */
@RequestScoped
@Path("rooms/{room}")
public class RoomEntry {

    @Inject
    private Door door;

    @Inject
    private Rights rights;

    @Inject
    private Connections connections;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(@PathParam("room") String name, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        Map<String, Role> people = new TreeMap<>(rights.people(room, member));
        return Http.secret(Json.write(json -> {
            write(json, room, rights, member);
            json.writeArrayFieldStart("people");
            for (Map.Entry<String, Role> person : people.entrySet()) {
                json.writeStartObject();
                json.writeStringField("userId", person.getKey());
                json.writeStringField("role", person.getValue().wire());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** Ends a private room. Who is in it has to leave. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Response close(@PathParam("room") String name, @Context HttpServletRequest request) {
        Member member = door.admit(request);
        RoomId room = new RoomId(name);
        rights.require(room, member, Role.OWNER);
        connections.spendMessage(member);
        rights.close(room, member);
        Audit.note("closed", member, room);
        return Response.noContent().build();
    }

    /** A room as whoever asks sees it. */
    static void write(JsonGenerator json, RoomId room, Rights rights, Member member) throws IOException {
        json.writeStringField("roomId", room.name());
        json.writeBooleanField("private", room.isPrivate());
        Fields.optional(json, "title", rights.title(room));
        json.writeStringField("role", rights.role(room, member).wire());
    }
}
