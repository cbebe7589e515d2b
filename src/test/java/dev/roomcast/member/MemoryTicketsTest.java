package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryTicketsTest extends TicketsContract {

    private static final Member ANA = new Member("ana", "Ana", false);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final Tickets tickets = new MemoryTickets(clock::get);

    @Override
    protected Tickets here() {
        return tickets;
    }

    @Override
    protected Tickets there() {
        return tickets;
    }

    @Test
    void a_ticket_ends_after_30_seconds() {
        String early = tickets.issue(ANA);
        String late = tickets.issue(ANA);
        clock.addAndGet(Tickets.LIFETIME.toNanos());
        assertTrue(tickets.redeem(early).isPresent());
        clock.incrementAndGet();
        assertEquals(Optional.empty(), tickets.redeem(late));
    }
}
