package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.FailedAttempts;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryCounters;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted by address at every door: who fails to come in, and nobody else. */
class DoorTest {

    private static final Member ANA = new Member("ana", "Ana", false);
    private static final int MAY_FAIL = 3;

    private final TestThreads threads = new TestThreads();
    private final MemoryTickets tickets = new MemoryTickets();
    private final Door door = new Door(
            new Admission(new TokensOf(Map.of("good", ANA)::get), tickets),
            new Origins(Optional.empty()),
            new FailedAttempts(MAY_FAIL, new MemoryCounters(threads)));

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void who_comes_in_is_not_counted_however_many_come_from_one_address() {
        for (int i = 0; i < 100; i++) {
            assertEquals(ANA, door.admitToSocket(request("10.0.0.1", "good", null, null)));
            assertEquals(ANA, door.admitToSocket(request("10.0.0.1", null, tickets.issue(ANA), null)));
            assertEquals(ANA, door.admit(request("10.0.0.1", "good", null, null)));
        }
    }

    @Test
    void an_address_from_which_too_many_tokens_and_tickets_fail_is_refused_at_every_door_and_others_are_not() {
        String ticket = tickets.issue(ANA);
        assertRefused(Code.UNAUTHORIZED, request("10.0.0.1", "bad", null, null));
        assertRefused(Code.UNAUTHORIZED, request("10.0.0.1", null, "made-up", null));
        assertRefused(Code.UNAUTHORIZED, request("10.0.0.1", null, null, null));
        Refused refused = assertRefused(Code.RATE_LIMITED, request("10.0.0.1", null, ticket, null));
        assertTrue(refused.retryAfter().toMillis() > 0);
        assertThrows(Refused.class, () -> door.admit(request("10.0.0.1", "good", null, null)));
        assertEquals(ANA, door.admitToSocket(request("10.0.0.2", null, ticket, null)), "it was not used up");
    }

    @Test
    void a_page_of_another_site_is_refused_and_not_counted() {
        for (int i = 0; i < 2 * MAY_FAIL; i++) {
            assertRefused(Code.NOT_ALLOWED, request("10.0.0.1", "good", null, "https://evil.example"));
        }
        assertEquals(ANA, door.admitToSocket(request("10.0.0.1", "good", null, null)));
    }

    private Refused assertRefused(Code code, HttpServletRequest request) {
        Refused refused = assertThrows(Refused.class, () -> door.admitToSocket(request));
        assertEquals(code, refused.code());
        return refused;
    }

    private static HttpServletRequest request(String address, String bearer, String ticket, String origin) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                DoorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "getHeader" ->
                        switch ((String) arguments[0]) {
                            case "Authorization" -> bearer == null ? null : "Bearer " + bearer;
                            case "Origin" -> origin;
                            case "Host" -> "rooms.example.com";
                            default -> null;
                        };
                    case "getHeaderNames" -> Collections.emptyEnumeration();
                    case "getParameter" -> ticket;
                    case "getProtocol" -> "HTTP/1.1";
                    case "getRequestURI" -> "/ws";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
