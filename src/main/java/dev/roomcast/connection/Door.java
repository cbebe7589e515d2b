package dev.roomcast.connection;

import dev.roomcast.member.Admission;
import dev.roomcast.member.Audit;
import dev.roomcast.member.FailedAttempts;
import dev.roomcast.member.Loopback;
import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;

/** Where requests come in: whoever they are from, they are asked the same, whatever the transport. Thread-safe. */
@ApplicationScoped
public class Door {

    private final Admission admission;
    private final Origins origins;
    private final FailedAttempts failures;

    protected Door() {
        this(null, null, null); // for the container's proxy
    }

    @Inject
    public Door(Admission admission, Origins origins, FailedAttempts failures) {
        this.admission = admission;
        this.origins = origins;
        this.failures = failures;
    }

    /** By bearer token. */
    Member admit(HttpServletRequest request) {
        return admit(request, null);
    }

    /** By bearer token, or without one by ticket. */
    Member admit(HttpServletRequest request, String ticket) {
        return attempt(request, () -> admission.admit(Http.bearer(request), ticket, Loopback.isOriginOf(request)));
    }

    /** To a socket: from no page of another site, and under the development identity also without anything to show. */
    Member admitToSocket(HttpServletRequest request) {
        return attempt(request, () -> {
            origins.check(request);
            return admission.admitOrGuest(
                    Http.bearer(request), request.getParameter("ticket"), Loopback.isOriginOf(request));
        });
    }

    private Member attempt(HttpServletRequest request, Supplier<Member> attempt) {
        String address = request.getRemoteAddr();
        try {
            failures.check(address);
            return attempt.get();
        } catch (Refused e) {
            if (e.code() == Refused.Code.UNAUTHORIZED) {
                failures.failed(address);
            }
            // The path alone: a ticket stands in the query.
            Audit.note(
                    "refused",
                    (Member) null,
                    null,
                    "code",
                    e.code().wire(),
                    "address",
                    address,
                    "path",
                    request.getRequestURI());
            throw e;
        }
    }
}
