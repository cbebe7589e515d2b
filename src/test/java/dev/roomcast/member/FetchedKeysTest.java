package dev.roomcast.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.room.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.Test;

/** A provider that changes its keys, and one that cannot be reached. */
class FetchedKeysTest {

    private static final PublicJsonWebKey OLD = TokenMaker.rsa("old");
    private static final PublicJsonWebKey NEW = TokenMaker.rsa("new");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger fetched = new AtomicInteger();
    private String published = TokenMaker.published(OLD);
    private final FetchedKeys keys = new FetchedKeys(this::read, Runnable::run, clock::get);
    private final Identity identity = new TokenIdentity(
            TokenSettings.read(key -> Optional.ofNullable(Map.of(
                            TokenSettings.LOCATION, "https://id.example.com/certs",
                            TokenSettings.ISSUER, "https://id.example.com",
                            TokenSettings.AUDIENCES, "roomcast")
                    .get(key))),
            keys);

    private String read() throws IOException {
        fetched.incrementAndGet();
        if (published == null) {
            throw new IOException("Connection refused");
        }
        return published;
    }

    @Test
    void a_provider_may_change_its_keys_at_any_time() {
        assertTrue(isGood(OLD));
        pass(FetchedKeys.AGAIN);
        published = TokenMaker.published(OLD, NEW);
        assertTrue(isGood(NEW));
        assertTrue(isGood(OLD));
        assertEquals(2, fetched.get());
    }

    @Test
    void a_key_that_is_withdrawn_is_worth_nothing_once_the_keys_are_fetched_again() {
        keys.maintain();
        published = TokenMaker.published(NEW);
        pass(FetchedKeys.FRESH);
        keys.maintain();
        assertFalse(isGood(OLD));
        assertTrue(isGood(NEW));
    }

    @Test
    void tokens_with_made_up_keys_do_not_storm_the_provider() {
        assertTrue(isGood(OLD));
        RsaJsonWebKey madeUp = TokenMaker.rsa("made-up");
        for (int i = 0; i < 1_000; i++) {
            assertFalse(isGood(madeUp));
        }
        assertEquals(1, fetched.get());
        pass(FetchedKeys.AGAIN);
        assertFalse(isGood(madeUp));
        assertFalse(isGood(madeUp));
        assertEquals(2, fetched.get());
    }

    @Test
    void as_long_as_there_are_no_keys_nobody_can_tell() {
        published = null;
        keys.maintain();
        assertFalse(identity.isReady());
        Refused refused = assertThrows(Refused.class, () -> isGood(OLD));
        assertEquals(Refused.Code.UNAVAILABLE, refused.code());
        published = TokenMaker.published(OLD);
        pass(FetchedKeys.AGAIN);
        keys.maintain();
        assertTrue(identity.isReady());
        assertTrue(isGood(OLD));
    }

    @Test
    void known_keys_outlive_their_provider_for_a_while() {
        assertTrue(isGood(OLD));
        published = null;
        pass(FetchedKeys.GOOD.minusSeconds(1));
        keys.maintain();
        assertTrue(isGood(OLD));
        assertThrows(Refused.class, () -> isGood(NEW));
        pass(Duration.ofSeconds(1));
        assertThrows(Refused.class, () -> isGood(OLD));
        assertFalse(identity.isReady());
    }

    @Test
    void what_is_published_may_be_nonsense() {
        for (String nonsense :
                new String[] {"", "<html>", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"}) {
            published = nonsense;
            assertThrows(Refused.class, () -> isGood(OLD), nonsense);
            pass(FetchedKeys.AGAIN);
        }
    }

    private boolean isGood(PublicJsonWebKey key) {
        return identity.verify(new TokenMaker("https://id.example.com", "roomcast", key).token("ana"))
                .isPresent();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
