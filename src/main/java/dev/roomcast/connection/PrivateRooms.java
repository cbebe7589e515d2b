package dev.roomcast.connection;

import dev.roomcast.member.Audit;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.RoomRule;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code api/rooms}: the private rooms of whoever asks. */
@RequestScoped
@Path("rooms")
public class PrivateRooms {

    @Inject
    private Door door;

    @Inject
    private Rights rights;

    @Inject
    private Connections connections;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@Context HttpServletRequest request) {
        Member member = door.admit(request);
        connections.spendMessage(member); // it looks through the rules of all rooms
        return Http.secret(Json.write(json -> {
            json.writeArrayFieldStart("rooms");
            for (RoomId room : rights.roomsOf(member)) {
                json.writeStartObject();
                RoomEntry.write(json, room, rights, member);
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** A new one, which belongs to whoever asks. Its name is made here, and nobody else can guess it. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(@Context HttpServletRequest request, InputStream body) throws IOException {
        Member member = door.admit(request);
        connections.spendMessage(member);
        RoomRule rule = rights.create(member, Command.fields(Http.text(body)).optional("title"));
        Audit.note("created", member, rule.room());
        return Http.secret(Json.write(json -> RoomEntry.write(json, rule.room(), rights, member)));
    }
}
