package dev.roomcast.connection;

import dev.roomcast.member.Allowance;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** {@code GET api/me}: who the server takes somebody for, and what they have left of what is limited. */
@RequestScoped
@Path("me")
public class Me {

    @Inject
    private Door door;

    @Inject
    private Allowance allowance;

    @Inject
    private Rights rights;

    @Inject
    private Connections connections;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(@Context HttpServletRequest request) {
        Member member = door.admit(request);
        return Http.secret(Json.write(json -> {
            Fields.author(json, member.author());
            Fields.strings(json, "groups", member.groups().stream().sorted().toList());
            if (!member.until().equals(Instant.MAX)) {
                json.writeNumberField("until", member.until().toEpochMilli());
            }
            json.writeObjectFieldStart("left");
            for (Allowance.Left left : allowance.left(member.userId())) {
                json.writeObjectFieldStart(left.what());
                json.writeNumberField("left", left.left());
                json.writeNumberField("limit", left.limit());
                json.writeNumberField("perMs", left.per().toMillis());
                json.writeEndObject();
            }
            if (connections.users().limit() > 0) {
                json.writeObjectFieldStart("connections");
                json.writeNumberField("left", Math.max(0, connections.users().left(member)));
                json.writeNumberField("limit", connections.users().limit());
                json.writeEndObject();
            }
            json.writeObjectFieldStart("privateRooms");
            json.writeNumberField("left", rights.roomsLeft(member));
            json.writeEndObject();
            json.writeEndObject();
        }));
    }
}
