package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/**
 * The socket's door: who may not come in gets an HTTP answer, and no socket exists. A filter, since it sees the upgrade on
 * every server and can still answer it; the endpoint's configurator can only fail it.
 */
// And of what is below it: Open Liberty takes /ws/ for the endpoint's path, too. One pattern, since it would ask the
// filter twice if
// two fit, and a ticket is good once.
@WebFilter(urlPatterns = "/ws/*", asyncSupported = true)
public class UpgradeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Door door;

    @Inject
    private transient Departure departure;

    @Inject
    private transient Connections connections;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Member member;
        try {
            departure.checkOpen();
            member = door.admitToSocket(request);
            connections.users().checkLeft(member);
        } catch (Refused e) {
            Http.refuse(response, e);
            return;
        }
        chain.doFilter(new Admitted(request, member), response);
    }

    /** The request as the container shall see it: with the member as its principal, without what they showed, and without an HTTP session. */
    private static final class Admitted extends HttpServletRequestWrapper {

        private final Member member;

        Admitted(HttpServletRequest request, Member member) {
            super(request);
            this.member = member;
        }

        @Override
        public Principal getUserPrincipal() {
            return member;
        }

        // Open Liberty keeps these with the socket, and writes them down where it reports that one broke.
        @Override
        public String getQueryString() {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public String getHeader(String name) {
            return isSecret(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isSecret(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isSecret(name))
                    .toList());
        }

        private static boolean isSecret(String header) {
            return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(header);
        }

        // Open Liberty would make one for every handshake and keep it for half an hour.
        @Override
        public HttpSession getSession() {
            return null;
        }

        @Override
        public HttpSession getSession(boolean create) {
            return null;
        }
    }
}
