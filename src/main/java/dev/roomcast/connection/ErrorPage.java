package dev.roomcast.connection;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What somebody sees who asks for something that is not there, or for which this server broke: the status, and nothing else. Servers' own
 * pages name themselves, their classes and their versions ({@code web.xml} says that this one comes in their place).
 */
@WebServlet(urlPatterns = "/error", asyncSupported = true)
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient PageHeaders headers;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        headers.addTo(response); // some servers begin anew for an error
        response.setHeader("Cache-Control", "no-store");
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND); // there is no such page
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("Error " + response.getStatus());
    }
}
