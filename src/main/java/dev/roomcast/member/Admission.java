package dev.roomcast.member;

import dev.roomcast.room.Ids;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** Decides who may come in, the same at every door. Thread-safe; blocks as {@link Identity} does. */
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
     * Who comes in with a bearer token or, where there is none, with a ticket.
     *
     * @param bearer or {@code null}
     * @param ticket or {@code null}; it is worth nothing afterwards
     * @param local see {@link Loopback}; the development identity serves nobody else
     * @throws Refused {@code unauthorized} for everybody else, without a word about why
     */
    public Member admit(String bearer, String ticket, boolean local) {
        if (isDevelopment() && !local) {
            throw refused();
        }
        Optional<Member> member =
                bearer != null ? identity.verify(bearer) : ticket != null ? tickets.redeem(ticket) : Optional.empty();
        // A ticket may outlive what it was given for.
        return member.filter(who -> who.until().isAfter(Instant.now())).orElseThrow(Admission::refused);
    }

    /**
     * The same member with a new token, who is here already.
     *
     * @throws Refused {@code unauthorized} if it is not valid, {@code not-allowed} if it is somebody else's
     */
    public Member renew(Member member, String bearer) {
        try {
            Member renewed = admit(bearer, null, true); // who is here was local when they came
            if (!renewed.userId().equals(member.userId())) {
                throw new Refused(Code.NOT_ALLOWED, "This token is somebody else's.");
            }
            return renewed;
        } catch (Refused e) {
            Audit.note("refused", member, null, "code", e.code().wire(), "what", "refresh");
            throw e;
        }
    }

    /** The same, but under the development identity whoever shows nothing is a guest with a name of their own. */
    public Member admitOrGuest(String bearer, String ticket, boolean local) {
        if (isDevelopment() && local && bearer == null && ticket == null) {
            String name = "guest-" + Ids.next('x').substring(1, 7);
            return new Member(name, name, true);
        }
        return admit(bearer, ticket, local);
    }

    private boolean isDevelopment() {
        return identity.name().equals(DevelopmentIdentity.NAME);
    }

    private static Refused refused() {
        return new Refused(Code.UNAUTHORIZED, "Come with a valid token or ticket.");
    }
}
