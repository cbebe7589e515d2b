package dev.roomcast.connection;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What HTTP requests say of themselves, and how a refusal looks over HTTP. Pure. */
final class Http {

    /** The bearer token of the request, {@code null} without credentials; credentials of another kind are a token nobody has. */
    static String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return null;
        }
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
    }

    /** The body as text, refused as {@code too-long} when it is larger than a frame may be. */
    static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(RoomSocket.MAX_FRAME + 1);
        if (bytes.length > RoomSocket.MAX_FRAME) {
            throw new Refused(Code.TOO_LONG, "A request has at most " + RoomSocket.MAX_FRAME + " bytes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int status(Code code) {
        return switch (code) {
            case UNAUTHORIZED -> 401;
            case NOT_ALLOWED -> 403;
            case NO_SUCH_ANSWER, NO_SUCH_MESSAGE, NO_SUCH_MODEL -> 404;
            case NOT_JOINED, ID_REUSED -> 409;
            case TOO_LONG -> 413;
            case ROOM_BUSY, ROOM_BUDGET, RATE_LIMITED -> 429;
            case SERVER_BUSY, UNAVAILABLE -> 503;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    /** An answer that nobody on the way may keep: it is for one person, and may hold a secret. */
    static Response secret(String json) {
        return Response.ok(json, MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        // Not sendError: that would answer with the server's HTML page.
        response.setStatus(status(refused.code()));
        if (refused.code() == Code.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Frames.error(null, refused).text());
    }

    private Http() {}
}
