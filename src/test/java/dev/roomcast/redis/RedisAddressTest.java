package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings of {@code roomcast.redis.url}. */
class RedisAddressTest {

    @Test
    void a_server_with_tls_and_a_user() {
        RedisAddress address = RedisAddress.of("rediss://room:s3cret@redis.example.com:6380/2");
        RedisURI uri = address.servers().get(0);
        assertTrue(uri.isSsl());
        assertTrue(uri.isVerifyPeer());
        assertEquals("redis.example.com", uri.getHost());
        assertEquals(6380, uri.getPort());
        assertEquals(2, uri.getDatabase());
        assertEquals(
                "room",
                uri.getCredentialsProvider().resolveCredentials().block().getUsername());
        assertFalse(address.cluster());
    }

    @Test
    void sentinels() {
        RedisAddress address = RedisAddress.of("redis-sentinel://:s3cret@one:26379,two:26379/#main");
        assertEquals(2, address.servers().get(0).getSentinels().size());
        assertEquals("main", address.servers().get(0).getSentinelMasterId());
        assertFalse(address.cluster());
    }

    @Test
    void a_cluster() {
        RedisAddress address = RedisAddress.of("rediss-cluster://room:s3cret@one:7000,two:7001");
        assertTrue(address.cluster());
        assertEquals(2, address.servers().size());
        assertEquals("two", address.servers().get(1).getHost());
        assertEquals(7001, address.servers().get(1).getPort());
        assertTrue(address.servers().get(1).isSsl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://user:s3cret@host", "redis://", "s3cret", "redis-cluster://", "redis://a b:s3cret@c"})
    void anything_else_stops_the_start_and_is_not_repeated(String url) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> RedisAddress.of(url))
                .getMessage();
        assertTrue(sentence.contains("roomcast.redis.url"));
        assertFalse(sentence.contains("s3cret"));
    }
}
