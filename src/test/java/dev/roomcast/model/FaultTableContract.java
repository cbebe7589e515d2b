package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.ScriptedProvider.Call;
import dev.roomcast.model.ScriptedProvider.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault of a provider ends in one clear state: each row of the table, for each kind of provider, on each JAX-RS client. How
 * they are asked again and counted is {@code GatesIT}'s.
 */
abstract class FaultTableContract extends ProviderTest {

    /** What a script does, in the words of some kind of provider. */
    private interface Said {
        void by(Speech speech, Call call) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void refused_connection(Speech speech) throws Exception {
        ScriptedProvider gone = provider();
        gone.close();
        assertEquals("model-unreachable", failure(open(speech, gone.url())).code());
    }

    @ParameterizedTest
    @EnumSource
    void no_such_host(Speech speech) {
        URI nowhere = URI.create("http://nowhere.invalid/v1");
        assertEquals("model-unreachable", failure(open(speech, nowhere)).code());
    }

    @ParameterizedTest
    @EnumSource
    void no_tls_where_tls_should_be(Speech speech) throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            timer.execute(() -> {
                try (Socket connection = plain.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                    // The client is gone.
                }
            });
            URI tls = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/v1");
            assertEquals("model-unreachable", failure(open(speech, tls)).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_certificate_that_nobody_vouches_for(Speech speech) throws Exception {
        try (ServerSocket tls = SelfSigned.socket()) {
            timer.execute(() -> {
                try (Socket connection = tls.accept()) {
                    connection.getInputStream().read();
                } catch (IOException e) {
                    // The handshake fails, which is what this is about.
                }
            });
            URI url = URI.create("https://127.0.0.1:" + tls.getLocalPort() + "/v1");
            assertEquals("model-unreachable", failure(open(speech, url)).code());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, model-refused",
        "401, model-unauthorized",
        "403, model-unauthorized",
        "404, model-not-found",
        "413, model-refused",
        "422, model-refused",
        "302, model-refused",
        "429, model-busy",
        "500, model-error",
        "502, model-error",
        "503, model-error",
        "529, model-error",
        "204, model-refused"
    })
    void another_status_than_200(int status, String code) throws Exception {
        for (Speech speech : Speech.values()) {
            String body = status == 204 ? "" : "secret-body secret-key";
            ModelFailed failed = failure(says(speech, (by, call) -> call.reply(status, "Location: /x\r\n", body)));
            assertEquals(code, failed.code());
            assertFalse(failed.getMessage().contains("secret"));
            assertTrue(failed.getMessage().endsWith("."));
            assertNull(failed.retryAfter());
            assertEquals(status == 429 || status >= 500, failed.reason().retryable());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"secret\",\"code\":\"content_filter\",\"status\":400}} | model-declined",
                "{\"error\":{\"message\":\"secret\",\"code\":\"content_policy_violation\"}} | model-declined",
                "{\"error\":{\"code\":null,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}} | model-declined",
                "{\"error\":{\"message\":\"secret content_filter\",\"code\":\"context_length_exceeded\"}} | model-refused",
                "{\"error\":\"secret content_filter\"} | model-refused",
                "{\"error\":{\"message\":\"secret\",\"code\":\"content_filter\" | model-refused",
                "<html>secret content_filter</html> | model-refused",
                "[] | model-refused",
                "'' | model-refused"
            })
    void a_refused_question(String body, String code) throws Exception {
        for (Speech speech : Speech.values()) {
            ModelFailed failed =
                    failure(says(speech, (by, call) -> call.reply(400, "Content-Type: application/json\r\n", body)));
            assertEquals(code, failed.code());
            assertFalse(failed.getMessage().contains("secret"));
            assertNull(failed.getCause(), "it may hold what they said");
            assertFalse(failed instanceof ModelFailed.Unwell, "the provider is well");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_that_is_longer_than_any(Speech speech) throws Exception {
        String body = "{\"error\":{\"code\":\"content_filter\"}" + " ".repeat(16 * 1024) + '}';
        ModelStream answer = says(speech, (by, call) -> call.reply(400, "", body));
        assertEquals("model-refused", failure(answer).code());
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_that_does_not_end(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = says(speech, new Patience(SHORT, LONG), (by, call) -> {
            call.raw("HTTP/1.1 400 X\r\nContent-Length: 1000\r\n\r\n{\"error\":{\"code\":\"content_filter\"");
            call.awaitEnd(ended);
        });
        assertEquals("model-refused", failure(answer).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_that_comes_byte_by_byte_for_ever(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = says(speech, new Patience(SHORT, SHORT), (by, call) -> {
            call.raw("HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                while (true) {
                    call.chunk(" ");
                    TimeUnit.MILLISECONDS.sleep(20); // the provider's pace
                }
            } catch (IOException e) {
                ended.countDown();
            }
        });
        assertEquals("model-refused", failure(answer).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({"429, model-busy", "503, model-error"})
    void a_wish_when_to_come_back(int status, String code) throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        ModelFailed seconds =
                failure(says(Speech.OPENAI, (by, call) -> call.reply(status, "Retry-After: 3600\r\n", "{}")));
        ModelFailed dated = failure(
                says(Speech.ANTHROPIC, (by, call) -> call.reply(status, "Retry-After: " + date + "\r\n", "{}")));
        assertEquals(code, seconds.code());
        assertEquals(code, dated.code());
        assertEquals(Duration.ofHours(1), seconds.retryAfter());
        assertTrue(dated.retryAfter().minusMinutes(58).toSeconds() > 0, dated.retryAfter()::toString);
        assertTrue(dated.retryAfter().minusMinutes(61).isNegative(), dated.retryAfter()::toString);
        assertEquals(3_600_000, seconds.reason().retryAfterMs());
        assertTrue(seconds.reason().retryable());
        assertFalse(seconds instanceof ModelFailed.Passing, "nobody waits that long, so nobody asks again");
    }

    @ParameterizedTest
    @EnumSource
    void a_page_instead_of_a_stream(Speech speech) throws Exception {
        ModelStream answer =
                says(speech, (by, call) -> call.reply(200, "Content-Type: text/html\r\n", "<html>Welcome</html>"));
        assertEquals("model-garbled", failure(answer).code());
    }

    @ParameterizedTest
    @EnumSource
    void closed_before_any_reply(Speech speech) throws Exception {
        assertEquals(
                "model-unreachable",
                failure(says(speech, (by, call) -> call.cut())).code());
    }

    @ParameterizedTest
    @EnumSource
    void silence_before_the_headers(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = says(speech, new Patience(SHORT, LONG), (by, call) -> call.awaitEnd(ended));
        assertEquals("model-stalled", failure(answer).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void silence_before_the_first_token(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = says(speech, new Patience(SHORT, LONG), (by, call) -> {
            by.begin(call);
            call.chunk(": still here\n\n");
            call.awaitEnd(ended);
        });
        assertEquals("model-stalled", failure(answer).code());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void silence_in_the_middle(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        assertHalf("model-stalled", says(speech, new Patience(LONG, SHORT), (by, call) -> {
            half(by, call);
            call.awaitEnd(ended);
        }));
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void a_cut_by_fin(Speech speech) throws Exception {
        assertHalf("model-cut", says(speech, (by, call) -> {
            half(by, call);
            call.cut();
        }));
    }

    @ParameterizedTest
    @EnumSource
    void a_cut_by_rst(Speech speech) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        ModelStream answer = says(speech, (by, call) -> {
            half(by, call);
            read.await();
            call.reset();
        });
        assertEquals("half", answer.next());
        read.countDown();
        assertEquals("model-cut", failure(answer).code());
    }

    @ParameterizedTest
    @EnumSource
    void the_end_without_a_reason_and_a_mark(Speech speech) throws Exception {
        assertHalf("model-cut", says(speech, (by, call) -> {
            half(by, call);
            call.end();
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, server_error, model-error",
        "OPENAI, rate_limit_error, model-busy",
        "ANTHROPIC, api_error, model-error",
        "ANTHROPIC, overloaded_error, model-busy",
        "ANTHROPIC, rate_limit_error, model-busy",
        "ANTHROPIC, authentication_error, model-unauthorized",
        "ANTHROPIC, permission_error, model-unauthorized",
        "ANTHROPIC, not_found_error, model-not-found",
        "ANTHROPIC, invalid_request_error, model-refused"
    })
    void an_error_in_the_stream(Speech speech, String type, String code) throws Exception {
        ModelStream answer = says(speech, (by, call) -> {
            half(by, call);
            by.error(call, type);
            call.end();
        });
        assertEquals("half", answer.next());
        ModelFailed failed = failure(answer);
        assertEquals(code, failed.code());
        assertFalse(failed.getMessage().contains("SECRET"));
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_line(Speech speech) throws Exception {
        assertHalf("model-garbled", says(speech, (by, call) -> {
            half(by, call);
            call.event("{\"choices\":[{\"ind");
            by.token(call, "more");
            by.end(call);
        }));
    }

    @ParameterizedTest
    @EnumSource
    void a_token_of_a_megabyte(Speech speech) throws Exception {
        String big = "x".repeat(1_000_000);
        assertEquals(big, readAll(says(speech, (by, call) -> {
            by.begin(call);
            by.token(call, big);
            by.finish(call, "stop");
            by.end(call);
        })));
    }

    @ParameterizedTest
    @EnumSource
    void a_token_without_end(Speech speech) throws Exception {
        ModelStream answer = says(speech, (by, call) -> {
            by.begin(call);
            call.chunk("data: ");
            while (true) {
                call.chunk("x".repeat(8192));
            }
        });
        assertEquals("model-oversized", failure(answer).code());
    }

    /** How much is too much is for whoever reads to say; what counts here is that it can be ended. */
    @ParameterizedTest
    @EnumSource
    void endless_output(Speech speech) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = says(speech, (by, call) -> {
            by.begin(call);
            try {
                while (true) {
                    by.token(call, "x".repeat(1000));
                }
            } catch (IOException e) {
                ended.countDown();
            }
        });
        for (int read = 0; read < 5_000_000; ) {
            read += answer.next().length();
        }
        answer.close();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals("model-stopped", failure(answer).code());
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_answer(Speech speech) throws Exception {
        assertEquals(
                "model-empty",
                failure(says(speech, (by, call) -> {
                            by.begin(call);
                            by.finish(call, "stop");
                            by.end(call);
                        }))
                        .code());
    }

    @ParameterizedTest
    @EnumSource
    void a_content_filter_instead_of_an_answer(Speech speech) throws Exception {
        ModelFailed failed = failure(says(speech, (by, call) -> {
            by.begin(call);
            by.finish(call, "content_filter");
            by.end(call);
        }));
        assertEquals("model-declined", failed.code());
        assertFalse(failed instanceof ModelFailed.Unwell, "the provider is well");
    }

    @ParameterizedTest
    @EnumSource
    void what_an_empty_or_declined_answer_cost(Speech speech) throws Exception {
        for (String reason : new String[] {"stop", "content_filter"}) {
            ModelFailed failed = failure(says(speech, (by, call) -> {
                by.begin(call);
                by.finish(call, reason);
                call.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}");
                by.end(call);
            }));
            assertEquals(new ModelStream.Usage(7, 3), failed.usage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_content_filter_in_the_middle(Speech speech) throws Exception {
        ModelStream answer = says(speech, (by, call) -> {
            half(by, call);
            by.finish(call, "content_filter");
            by.end(call);
        });
        assertEquals("half", readAll(answer));
        assertEquals(ModelStream.Ending.FILTERED, answer.ending().finish());
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_answer_that_the_model_gives(Speech speech) throws Exception {
        ModelStream answer = says(speech, (by, call) -> {
            half(by, call);
            by.finish(call, "length");
            by.end(call);
        });
        assertEquals("half", readAll(answer));
        assertEquals("length", answer.ending().finish());
    }

    @ParameterizedTest
    @EnumSource
    void thoughts_and_tools_are_not_shown_but_are_signs_of_life(Speech speech) throws Exception {
        ModelStream answer = says(speech, new Patience(Duration.ofMillis(900), Duration.ofMillis(900)), (by, call) -> {
            by.begin(call);
            for (int i = 0; i < 8; i++) {
                by.thinks(call);
                by.callsTool(call);
                TimeUnit.MILLISECONDS.sleep(200); // the provider's, who thinks for longer than it may be silent
            }
            by.token(call, "word");
            by.finish(call, "stop");
            by.end(call);
        });
        assertEquals("word", readAll(answer));
    }

    @ParameterizedTest
    @EnumSource
    void one_that_thinks_for_ever_is_given_up(Speech speech) throws Exception {
        Patience patience = new Patience(LONG, LONG, Duration.ofMillis(600));
        ModelStream answer = says(speech, patience, (by, call) -> {
            half(by, call);
            while (true) {
                by.thinks(call);
                TimeUnit.MILLISECONDS.sleep(50); // the provider's pace
            }
        });
        assertHalf("model-stalled", answer);
    }

    @ParameterizedTest
    @EnumSource
    void after_any_of_it_the_next_question_works(Speech speech) throws Exception {
        ScriptedProvider provider = provider(
                call -> call.reply(500, "", "{}"), Call::cut, call -> call.reply(429, "", "{}"), speech::oneWord);
        ProviderModel model = model("m", provider.url(), null, speech.dialect(), new Patience(LONG, LONG));
        for (int i = 0; i < 3; i++) {
            assertThrows(ModelFailed.class, open(model)::next);
        }
        assertEquals("word", readAll(open(model)));
    }

    private static void half(Speech by, Call call) throws IOException {
        by.begin(call);
        by.token(call, "half");
    }

    private static void assertHalf(String code, ModelStream answer) throws ModelFailed {
        assertEquals("half", answer.next(), "what came is kept");
        assertEquals(code, failure(answer).code());
        assertEquals(code, failure(answer).code(), "and stays so");
    }

    private ModelStream says(Speech speech, Said said) throws IOException {
        return says(speech, new Patience(LONG, LONG), said);
    }

    private ModelStream says(Speech speech, Patience patience, Said said) throws IOException {
        Script script = call -> said.by(speech, call);
        return open(model("m", provider(script).url(), "secret-key", speech.dialect(), patience));
    }

    private ModelStream open(Speech speech, URI url) {
        return open(model("m", url, null, speech.dialect(), new Patience(LONG, LONG)));
    }
}
