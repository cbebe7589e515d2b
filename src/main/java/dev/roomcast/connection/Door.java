package dev.roomcast.connection;

import dev.roomcast.member.Admission;
import dev.roomcast.member.Loopback;
import dev.roomcast.member.Member;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Where requests come in: whoever they are from, they are asked the same, whatever the transport. Thread-safe. */
@ApplicationScoped
public class Door {

    private final Admission admission;
    private final Origins origins;

    protected Door() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Door(Admission admission, Origins origins) {
        this.admission = admission;
        this.origins = origins;
    }

    /** By bearer token. */
    Member admit(HttpServletRequest request) {
        return admit(request, null);
    }

    /** By bearer token, or without one by ticket. */
    Member admit(HttpServletRequest request, String ticket) {
        return admission.admit(Http.bearer(request), ticket, Loopback.isOriginOf(request));
    }

    /** To a socket: from no page of another site, and under the development identity also without anything to show. */
    Member admitToSocket(HttpServletRequest request) {
        origins.check(request);
        return admission.admitOrGuest(
                Http.bearer(request), request.getParameter("ticket"), Loopback.isOriginOf(request));
    }
}
