package dev.roomcast.cluster;

import dev.roomcast.member.Member;
import dev.roomcast.member.MemberText;
import dev.roomcast.member.Tickets;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Tickets that are given on one node and good on any. Redis knows them by their digests only, so that nobody comes in by what
 * they read there. Without Redis none are given and none are good: both are refused as {@code unavailable}.
 */
final class RedisTickets implements Tickets {

    private static final Script ISSUE = Script.of("redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return {'kept'}");
    private static final Script REDEEM =
            Script.of("local member = redis.call('GET', KEYS[1]) redis.call('DEL', KEYS[1]) return {member or ''}");
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Asking redis;

    RedisTickets(Asking redis) {
        this.redis = redis;
    }

    @Override
    public String issue(Member member) {
        String ticket = Tickets.next();
        redis.ask(ISSUE, key(ticket), MemberText.of(member), Long.toString(LIFETIME.toMillis()))
                .orElseThrow(RedisTickets::unavailable);
        return ticket;
    }

    @Override
    public Optional<Member> redeem(String ticket) {
        String member = (String) redis.ask(REDEEM, key(ticket))
                .orElseThrow(RedisTickets::unavailable)
                .get(0);
        return member.isEmpty() ? Optional.empty() : Optional.of(MemberText.read(member));
    }

    private static List<String> key(String ticket) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return List.of(
                    Keys.of("ticket", Base64.getUrlEncoder().withoutPadding().encodeToString(digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static Refused unavailable() {
        return new Refused(Code.UNAVAILABLE, "Tickets cannot be given or taken now.", SOON);
    }
}
