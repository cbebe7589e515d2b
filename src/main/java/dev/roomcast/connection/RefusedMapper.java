package dev.roomcast.connection;

import dev.roomcast.room.Refused;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A refusal over HTTP: its status, and the same error frame as elsewhere as the body. */
@Provider
public class RefusedMapper implements ExceptionMapper<Refused> {

    @Override
    public Response toResponse(Refused refused) {
        return response(null, refused);
    }

    /** @param re the id of the command that is refused, or {@code null} */
    static Response response(String re, Refused refused) {
        Response.ResponseBuilder response = Response.status(Http.status(refused.code()))
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .entity(Frames.error(re, refused).text());
        if (refused.code() == Refused.Code.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (refused.retryAfter() != null) {
            response.header(
                    HttpHeaders.RETRY_AFTER, Math.max(1, refused.retryAfter().toSeconds()));
        }
        return response.build();
    }
}
