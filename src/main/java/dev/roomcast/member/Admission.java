package dev.roomcast.member;

import dev.roomcast.room.Ids;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Decides who may come in, the same at every door. Thread-safe, does not block. */
@ApplicationScoped
public class Admission {

    private final Identity identity;
    private final Tickets tickets;

    protected Admission() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public Admission(Identity identity, Tickets tickets) {
        this.identity = identity;
        this.tickets = tickets;
    }

    /**
     * Who comes in with a bearer token or a ticket, if there is one; else, under the development identity and from this
     * machine, a guest.
     *
     * @param local see {@code Http.isLocal}
     * @throws Refused {@code unauthorized} for everybody else, without a word about why
     */
    public Member admit(String bearer, String ticket, boolean local) {
        if (bearer != null) {
            return admit(bearer, local);
        }
        if (ticket != null) {
            return tickets.redeem(ticket).orElseThrow(Admission::refused);
        }
        if (isDevelopment() && local) {
            String name = "guest-" + Ids.next('x').substring(1, 6);
            return new Member(name, name, true);
        }
        throw refused();
    }

    /** Who comes in with this bearer token ({@code null} if there is none). */
    public Member admit(String bearer, boolean local) {
        if (bearer == null || (isDevelopment() && !local)) {
            throw refused();
        }
        return identity.verify(bearer).orElseThrow(Admission::refused);
    }

    private boolean isDevelopment() {
        return identity.name().equals(DevelopmentIdentity.NAME);
    }

    private static Refused refused() {
        return new Refused(Code.UNAUTHORIZED, "Come with a valid token or ticket.");
    }
}
