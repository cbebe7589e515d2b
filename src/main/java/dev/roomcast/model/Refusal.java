package dev.roomcast.model;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Tells a question that a provider's filter blocked (Azure and OpenAI say so by status 400) from one that it cannot take. Only the codes
 * are read, never the text, which may repeat the question.
 */
final class Refusal {

    /** In bytes. What is longer is no error of this shape. */
    private static final int LONGEST = 16 * 1024;

    private static final Set<String> BLOCKED =
            Set.of("content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation");

    private Refusal() {}

    /** @param reply with status 400. It is read to its end, or until the call is cut */
    static Fault of(Response reply) {
        try {
            InputStream body = reply.readEntity(InputStream.class);
            byte[] read = body.readNBytes(LONGEST + 1);
            if (read.length <= LONGEST) {
                JsonNode error = EventJson.JSON.readTree(read).path("error");
                return isBlocked(error) || isBlocked(error.path("innererror")) ? Fault.DECLINED : Fault.REFUSED;
            }
        } catch (IOException | RuntimeException e) {
            // It refused, whatever it meant to say about it. The exception may hold some of that.
        }
        return Fault.REFUSED;
    }

    private static boolean isBlocked(JsonNode error) {
        return BLOCKED.contains(error.path("code").asText());
    }
}
