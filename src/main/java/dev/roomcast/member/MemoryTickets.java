package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** In the memory of this node. Never blocks; refuses as {@code server-busy} if far too many tickets are open. */
public class MemoryTickets implements Tickets {

    private static final int MAX_OPEN = 100_000;

    private final ConcurrentMap<String, Ticket> open = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public MemoryTickets() {
        this(System::nanoTime);
    }

    MemoryTickets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public String issue(Member member) {
        if (open.size() >= MAX_OPEN) {
            long now = nanoTime.getAsLong();
            open.values().removeIf(ticket -> ticket.until - now < 0);
            if (open.size() >= MAX_OPEN) {
                throw new Refused(Refused.Code.SERVER_BUSY, "Too many people come at once.", LIFETIME);
            }
        }
        String ticket = Tickets.next();
        open.put(ticket, new Ticket(member, nanoTime.getAsLong() + LIFETIME.toNanos()));
        return ticket;
    }

    @Override
    public Optional<Member> redeem(String ticket) {
        Ticket redeemed = open.remove(ticket);
        return redeemed == null || redeemed.until - nanoTime.getAsLong() < 0
                ? Optional.empty()
                : Optional.of(redeemed.member);
    }

    private record Ticket(Member member, long until) {}
}
