package dev.roomcast.model.demo;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Replies that are not streamed. */
final class DemoReply {

    private DemoReply() {}

    static void json(HttpServletResponse response, int status, byte[] json) throws IOException {
        response.setStatus(status); // not sendError: that would answer with the server's HTML page
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** @param code OpenAI's word for it, or {@code null} */
    static void refuse(HttpServletResponse response, int status, String message, String code) throws IOException {
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        json(response, status, DemoJson.error(message, status >= 500 ? "server_error" : "invalid_request_error", code));
    }
}
