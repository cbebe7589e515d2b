package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.redis.Redis;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AskingTest {

    @Test
    void nobody_waits_while_redis_is_known_to_be_away() {
        TestThreads threads = new TestThreads();
        Redis nobody = new Redis(Optional.of("redis://127.0.0.1:1"), threads);
        CompletableFuture<String> never = new CompletableFuture<>();
        boolean[] asked = new boolean[1];
        Optional<String> answer = new Asking(nobody).await(() -> {
            asked[0] = true;
            return never;
        });
        assertEquals(Optional.empty(), answer);
        assertFalse(asked[0], "it was waited for");
        nobody.close();
        threads.close();
    }
}
