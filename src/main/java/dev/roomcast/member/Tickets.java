package dev.roomcast.member;

import dev.roomcast.room.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Tickets: what a browser shows at the socket's door, since it cannot send a header there. Each opens one connection, once,
 * within {@link #LIFETIME}, as the member who asked for it. Thread-safe.
 */
@ApplicationScoped
public class Tickets {

    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final int MAX_OPEN = 100_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConcurrentMap<String, Ticket> open = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public Tickets() {
        this(System::nanoTime);
    }

    Tickets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A new ticket, 32 characters that are safe in a URL. Refused as {@code server-busy} if far too many are open. */
    public String issue(Member member) {
        if (open.size() >= MAX_OPEN) {
            long now = nanoTime.getAsLong();
            open.values().removeIf(ticket -> ticket.until - now < 0);
            if (open.size() >= MAX_OPEN) {
                throw new Refused(Refused.Code.SERVER_BUSY, "Too many people come at once.", LIFETIME);
            }
        }
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        open.put(ticket, new Ticket(member, nanoTime.getAsLong() + LIFETIME.toNanos()));
        return ticket;
    }

    /** Who may come in with this ticket. From now on it is worth nothing. */
    public Optional<Member> redeem(String ticket) {
        Ticket redeemed = open.remove(ticket);
        return redeemed == null || redeemed.until - nanoTime.getAsLong() < 0
                ? Optional.empty()
                : Optional.of(redeemed.member);
    }

    private record Ticket(Member member, long until) {}
}
