package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Tickets: what a browser shows at the socket's door, since it cannot send a header there. Each opens one connection, once,
 * within {@link #LIFETIME}, as the member who asked for it.
 *
 * <p>Thread-safe. May block for a moment where tickets live outside of this process, but not longer: then it refuses as
 * {@code unavailable}.
 */
public interface Tickets {

    Duration LIFETIME = Duration.ofSeconds(30);

    /**
     * A new ticket, 32 characters that are safe in a URL.
     *
     * @throws Refused if no more can be given now
     */
    String issue(Member member);

    /** Who may come in with this ticket. From now on it is worth nothing. */
    Optional<Member> redeem(String ticket);

    /** 192 random bits. */
    static String next() {
        byte[] random = new byte[24];
        Random.SECURE.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Made when the first ticket is. */
    final class Random {
        private static final SecureRandom SECURE = new SecureRandom();

        private Random() {}
    }
}
