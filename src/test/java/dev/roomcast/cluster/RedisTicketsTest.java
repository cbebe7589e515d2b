package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.member.Member;
import dev.roomcast.member.Tickets;
import dev.roomcast.member.TicketsContract;
import dev.roomcast.redis.RedisServer;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTicketsTest extends TicketsContract {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static final Script EVERYTHING = Script.of("return redis.call('SCAN', 0, 'COUNT', 100000)[2]");
    private static final Script LIFE = Script.of("return {redis.call('PTTL', KEYS[1])}");

    @Override
    protected Tickets here() {
        return new RedisTickets(CLUSTER.one.asking);
    }

    @Override
    protected Tickets there() {
        return new RedisTickets(CLUSTER.two.asking);
    }

    @Test
    void a_ticket_cannot_be_read_in_redis_and_does_not_live_long_there() {
        String ticket = here().issue(new Member("ana", "Ana", false));
        List<String> keys = CLUSTER.one.asking.ask(EVERYTHING, List.of()).orElseThrow().stream()
                .map(String::valueOf)
                .filter(key -> key.startsWith("roomcast:ticket:"))
                .toList();
        assertFalse(keys.isEmpty());
        for (String key : keys) {
            assertFalse(key.contains(ticket));
            long life = (Long)
                    CLUSTER.one.asking.ask(LIFE, List.of(key)).orElseThrow().get(0);
            assertTrue(life > 0 && life <= Tickets.LIFETIME.toMillis(), "lives " + life);
        }
    }

    @Test
    void without_redis_nobody_gets_a_ticket_and_nobody_is_kept_waiting() {
        try (RedisServer server = RedisServer.start();
                Node node = Node.hasty(server)) {
            Tickets tickets = new RedisTickets(new Asking(node.redis)); // as patient as always: it has to get one first
            String ticket = tickets.issue(new Member("ana", "Ana", false));
            server.pause(); // it does not even refuse
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        Refused.Code.UNAVAILABLE,
                        assertThrows(Refused.class, () -> tickets.redeem(ticket))
                                .code());
                assertEquals(
                        Refused.Code.UNAVAILABLE,
                        assertThrows(Refused.class, () -> tickets.issue(new Member("ben", "Ben", false)))
                                .code());
            }
            server.goOn();
            Node.await("Redis to be back", node.redis::isUp);
        }
    }
}
