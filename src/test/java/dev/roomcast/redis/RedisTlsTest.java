package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.concurrent.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that speaks TLS alone, with the certificate of a private authority, to a user with a password. */
class RedisTlsTest {

    private static final Script COUNT = Script.of("return {redis.call('INCR', KEYS[1])}");

    @TempDir
    private static Path folder;

    private static Certificates house;
    private static RedisServer server;

    private final Threads threads = new TestThreads();
    private final List<Redis> open = new ArrayList<>();

    @BeforeAll
    static void found() {
        house = new Certificates(folder);
        server = server("127.0.0.1");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        open.forEach(Redis::close);
        threads.close();
    }

    @Test
    void its_authority_is_trusted_where_a_setting_names_the_file() throws Exception {
        BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
        Redis redis = redis(server.url(), Optional.of(house.authority().toString()));
        redis.watch(changes::add);
        assertEquals(true, changes.poll(20, TimeUnit.SECONDS));
        assertEquals(
                List.of(1L),
                redis.run(COUNT, List.of("roomcast:n")).toCompletableFuture().join());
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        redis.listen("roomcast:bell", message -> heard.add(message == null ? "(subscribed)" : message));
        assertEquals("(subscribed)", heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void without_it_there_is_no_connection_and_the_log_says_why() throws Exception {
        String warning = warning(server.url(), Optional.empty());
        assertTrue(warning.contains("certification path"), warning);
    }

    @Test
    void a_server_by_another_name_is_not_talked_to() throws Exception {
        try (RedisServer other = server("redis.example.com")) {
            String warning = warning(other.url(), Optional.of(house.authority().toString()));
            assertTrue(warning.contains("subject alternative"), warning);
        }
    }

    @Test
    void a_wrong_password_is_told_as_such_and_not_repeated() throws Exception {
        String url = server.url().replace(RedisServer.PASSWORD, "wr0ng");
        String warning = warning(url, Optional.of(house.authority().toString()));
        assertTrue(warning.contains("WRONGPASS"), warning);
        assertFalse(warning.contains("wr0ng"), warning);
    }

    @Test
    void a_file_without_certificates_stops_the_start_with_the_name_of_the_setting() throws Exception {
        String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();
        for (String file : List.of(empty, folder.resolve("none.pem").toString(), folder.toString())) {
            String sentence = assertThrows(
                            IllegalArgumentException.class, () -> redis("rediss://127.0.0.1:6380", Optional.of(file)))
                    .getMessage();
            assertTrue(sentence.contains("roomcast.redis.ca-file"), sentence);
        }
    }

    private static RedisServer server(String name) {
        List<String> settings = new ArrayList<>(house.redis(name));
        settings.addAll(RedisServer.user());
        settings.addAll(List.of("--user", "default", "off"));
        return RedisServer.start(settings.toArray(String[]::new));
    }

    private Redis redis(String url, Optional<String> authority) {
        Redis redis = new Redis(Optional.of(url), authority, threads);
        open.add(redis);
        return redis;
    }

    /** What is said of a Redis that cannot be reached. */
    private String warning(String url, Optional<String> authority) throws InterruptedException {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(java.text.MessageFormat.format(entry.getMessage(), entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(Redis.class.getName());
        log.addHandler(handler);
        try {
            Redis redis = redis(url, authority);
            String warning = said.poll(20, TimeUnit.SECONDS);
            assertFalse(redis.isUp());
            return String.valueOf(warning);
        } finally {
            log.removeHandler(handler);
        }
    }
}
