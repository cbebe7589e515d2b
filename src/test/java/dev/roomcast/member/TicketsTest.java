package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private static final Member ANA = new Member("ana", "Ana", false);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final Tickets tickets = new Tickets(clock::get);

    @Test
    void a_ticket_is_good_once_and_for_whom_it_was_given() {
        String ticket = tickets.issue(ANA);
        String another = tickets.issue(new Member("ben", "Ben", false));
        assertEquals(Optional.of(ANA), tickets.redeem(ticket));
        assertEquals(Optional.empty(), tickets.redeem(ticket));
        assertEquals("ben", tickets.redeem(another).orElseThrow().userId());
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

    @Test
    void a_ticket_is_worth_no_more_than_the_token_it_was_given_for() {
        Member ended = new Member("ana", "Ana", false, Set.of(), Instant.now().minusSeconds(1));
        Admission admission = new Admission(new NoIdentity(), tickets);
        String ticket = tickets.issue(ended);
        assertThrows(Refused.class, () -> admission.admit(null, ticket, true));
        assertEquals(ANA, admission.admit(null, tickets.issue(ANA), true));
    }
}
