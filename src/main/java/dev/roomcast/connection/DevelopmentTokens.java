package dev.roomcast.connection;

import dev.roomcast.member.DevelopmentIdentity;
import dev.roomcast.member.Identity;
import dev.roomcast.member.Loopback;
import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code POST api/dev/token}: a name in, a token out, under the development identity and from this machine only. */
@RequestScoped
@Path("dev/token")
public class DevelopmentTokens {

    @Inject
    private Identity identity;

    @Inject
    private DevelopmentIdentity development;

    @Inject
    private Origins origins;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response issue(@Context HttpServletRequest request, InputStream body) throws IOException {
        if (!identity.name().equals(DevelopmentIdentity.NAME)) {
            throw new NotFoundException();
        }
        if (!Loopback.isOriginOf(request)) {
            throw new Refused(Code.NOT_ALLOWED, "The development identity serves this machine only.");
        }
        origins.check(request);
        Member member = development.called(Command.fields(Http.text(body)).word("name"));
        return Http.secret(Json.write(json -> {
            json.writeStringField("token", development.token(member));
            json.writeStringField("userId", member.userId());
            json.writeStringField("name", member.name());
            json.writeNumberField("expiresInMs", DevelopmentIdentity.LIFETIME.toMillis());
        }));
    }
}
