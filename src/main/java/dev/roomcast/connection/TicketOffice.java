package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Tickets;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST api/tickets}: a bearer token in, a {@linkplain Tickets ticket} out. */
@RequestScoped
@Path("tickets")
public class TicketOffice {

    @Inject
    private Door door;

    @Inject
    private Tickets tickets;

    @Inject
    private Connections connections;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response issue(@Context HttpServletRequest request) {
        Member member = door.admit(request);
        connections.spendMessage(member); // nobody shall hoard all the tickets there are
        String ticket = tickets.issue(member);
        return Http.secret(Json.write(json -> {
            json.writeStringField("ticket", ticket);
            json.writeNumberField("expiresInMs", Tickets.LIFETIME.toMillis());
        }));
    }
}
