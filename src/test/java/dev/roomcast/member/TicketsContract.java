package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Holds wherever tickets live. */
public abstract class TicketsContract {

    private static final Member ANA = new Member("ana", "Ana", false);

    /** Where a ticket is given. */
    protected abstract Tickets here();

    /** Where it is shown: another node, if there are several. */
    protected abstract Tickets there();

    @Test
    void a_ticket_is_good_once_and_for_whom_it_was_given() {
        String ticket = here().issue(ANA);
        String another = here().issue(new Member("ben", "Ben", false));
        assertNotEquals(ticket, another);
        assertEquals(Optional.of(ANA), there().redeem(ticket));
        assertEquals(Optional.empty(), there().redeem(ticket));
        assertEquals(Optional.empty(), here().redeem(ticket));
        assertEquals("ben", there().redeem(another).orElseThrow().userId());
    }

    @Test
    void whoever_comes_in_is_everything_that_they_were() {
        Instant until = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        Member member = new Member("ana@example.com", "Ana \"the\" \\ Ä 🎉", true, Set.of("staff", "mods"), until);
        assertEquals(Optional.of(member), there().redeem(here().issue(member)));
    }

    @Test
    void what_is_no_ticket_lets_nobody_in() {
        for (String no : new String[] {"", "no", "*", "a b\r\nc", "x".repeat(100_000)}) {
            assertEquals(Optional.empty(), there().redeem(no));
        }
    }

    @Test
    void a_ticket_is_worth_no_more_than_the_token_it_was_given_for() {
        Member ended = new Member("ana", "Ana", false, Set.of(), Instant.now().minusSeconds(1));
        Admission admission = new Admission(new NoIdentity(), there());
        String ticket = here().issue(ended);
        assertThrows(Refused.class, () -> admission.admit(null, ticket, true));
        assertEquals(ANA, admission.admit(null, here().issue(ANA), true));
    }

    @Test
    void of_many_who_show_the_same_one_exactly_one_comes_in() throws InterruptedException {
        String ticket = here().issue(ANA);
        AtomicInteger in = new AtomicInteger();
        ExecutorService doors = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 200; i++) {
            Tickets door = i % 2 == 0 ? here() : there();
            doors.execute(() -> door.redeem(ticket).ifPresent(who -> in.incrementAndGet()));
        }
        doors.shutdown();
        assertTrue(doors.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(1, in.get());
    }
}
