package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.ScriptedProvider.Script;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every JAX-RS client has to make possible, and how OpenAI's shape is read. Faults are {@link FaultTableContract}'s. */
abstract class OpenAiModelContract extends ProviderTest {

    private static final String EVENT_STREAM = "Content-Type: text/event-stream\r\n";

    private ScriptedProvider provider;

    @Test
    void a_streamed_answer_is_read_to_its_end() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.event(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}}]}");
            call.token("Hello");
            call.token(", wor");
            call.token("ld \\ud83d\\ude00 é");
            call.finish();
            call.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}");
            call.done();
            call.end();
        });
        assertEquals("Hello, world 😀 é", readAll(answer));
        assertEquals(new ModelStream.Ending("stop", new ModelStream.Usage(7, 3)), answer.ending());
        assertNull(answer.next());
    }

    @Test
    void the_provider_is_asked_for_a_stream_with_the_conversation_and_the_key() throws Exception {
        ModelStream answer = ask(this::oneWord);
        readAll(answer);
        String request = provider.requests().get(0);
        assertTrue(request.startsWith("POST /v1/chat/completions HTTP/1.1\r\n"), request);
        assertTrue(request.toLowerCase().contains("authorization: bearer secret-key\r\n"), request);
        assertTrue(request.toLowerCase().contains("content-type: application/json"), request);
        assertTrue(request.toLowerCase().contains("accept: text/event-stream"), request);
        assertTrue(
                request.endsWith(
                        "{\"model\":\"m-1\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":["
                                + "{\"role\":\"system\",\"content\":\"Be kind\"},"
                                + "{\"role\":\"user\",\"content\":\"Ana: \\\"Tea?\\\" 😀\"}]}"),
                request);
    }

    @Test
    void without_a_key_none_is_sent() throws Exception {
        provider = provider(this::oneWord);
        readAll(open(provider.url(), null, LONG, LONG));
        assertFalse(provider.requests().get(0).toLowerCase().contains("authorization"));
    }

    @Test
    void opening_alone_asks_nothing() throws Exception {
        ask(this::oneWord).close();
        assertEquals(0, provider.requests().size());
    }

    /** Mistral refuses the wish for the tokens used, and Azure knows keys in a header of its own. */
    @Test
    void a_provider_is_not_asked_for_what_it_refuses_and_gets_the_key_where_it_wants_it() throws Exception {
        provider = provider(this::oneWord);
        Dialect dialect = new OpenAiDialect(Prefix.NONE, false, false, "api-key");
        readAll(open(model("m-1", provider.url(), "secret-key", dialect, new Patience(LONG, LONG))));
        String request = provider.requests().get(0);
        assertFalse(request.contains("stream_options"), request);
        assertTrue(request.toLowerCase().contains("\r\napi-key: secret-key\r\n"), request);
        assertFalse(request.toLowerCase().contains("authorization:"), request);
    }

    @Test
    void all_tokens_that_are_there_become_one_piece() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".repeat(40));
            call.finish();
            call.done();
            call.end();
        });
        assertEquals("a".repeat(40), answer.next());
    }

    @Test
    void reasoning_tools_and_refusals_are_no_text() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.event(
                    "{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\",\"reasoning\":\"hm\",\"content\":null}}]}");
            call.event(
                    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}}]}");
            call.event(
                    "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"no\"}]},"
                            + "{\"type\":\"text\",\"text\":\"yes\"}]}}]}");
            call.finish();
            call.done();
            call.end();
        });
        assertEquals("yes", readAll(answer));
    }

    @Test
    void what_is_thought_aloud_between_tags_is_no_text_of_it_and_nothing_more_is_an_empty_answer() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            for (String token : List.of("<", "think>", "\\nHm", ", tea? </", "think", ">\\n\\n", "Tea", "!")) {
                call.token(token);
            }
            call.finish();
            call.done();
            call.end();
        });
        assertEquals("Tea!", readAll(answer));
        ModelStream endless = ask(call -> {
            call.stream();
            call.token("<think>Hm, tea?");
            call.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}");
            call.done();
            call.end();
        });
        assertEquals("model-empty", failure(endless).code());
    }

    /** Gemini says the reason with the last text and counts in each chunk; Azure begins with what its filter thinks of the prompt. */
    @Test
    void other_providers_of_this_shape_are_understood() throws Exception {
        ModelStream gemini = ask(call -> {
            call.stream();
            call.event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Hel\",\"role\":\"assistant\",\"extra_content\":{\"google\":{\"thought\":true}}},"
                            + "\"index\":0}],\"object\":\"chat.completion.chunk\",\"usage\":{\"completion_tokens\":1,\"prompt_tokens\":7}}");
            call.event(
                    "{\"choices\":[{\"delta\":{\"content\":\"lo\",\"role\":\"assistant\"},\"finish_reason\":\"stop\",\"index\":0}],"
                            + "\"usage\":{\"completion_tokens\":2,\"prompt_tokens\":7}}");
            call.done();
            call.end();
        });
        assertEquals("Hello", readAll(gemini));
        assertEquals(new ModelStream.Ending("stop", new ModelStream.Usage(7, 2)), gemini.ending());
        ModelStream azure = ask(call -> {
            call.stream();
            call.event(
                    "{\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]}");
            call.event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}");
            call.finish();
            call.done();
            call.end();
        });
        assertEquals("Hi", readAll(azure));
    }

    @Test
    void a_refusal_in_words_is_told_as_one_and_its_words_are_not() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.event("{\"choices\":[{\"delta\":{\"refusal\":\"SECRET\"}}]}");
            call.finish();
            call.done();
            call.end();
        });
        ModelFailed failed = failure(answer);
        assertEquals("model-declined", failed.code());
        assertFalse(failed.getMessage().contains("SECRET"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void text_cut_anywhere_arrives_whole_and_well_formed(int size) throws Exception {
        byte[] stream = ("data: {\"choices\":[{\"delta\":{\"content\":\"é漢😀 \\ud83d\"}}]}\r\n\r\n"
                        + "data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00 \\ud83d.\"}}]}\r\n\r\n"
                        + "data: [DONE]\r\n\r\n")
                .getBytes(UTF_8);
        ModelStream answer = ask(call -> {
            call.stream();
            for (int i = 0; i < stream.length; i += size) {
                call.chunk(Arrays.copyOfRange(stream, i, Math.min(stream.length, i + size)));
            }
            call.end();
        });
        StringBuilder text = new StringBuilder();
        for (String piece = answer.next(); piece != null; piece = answer.next()) {
            assertFalse(piece.isEmpty());
            assertEquals(piece, new String(piece.getBytes(UTF_8), UTF_8));
            text.append(piece);
        }
        assertEquals("é漢😀 😀 \uFFFD.", text.toString());
    }

    @Test
    void bad_utf8_costs_its_characters_and_not_the_answer() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            byte[] event = "data: {\"choices\":[{\"delta\":{\"content\":\"a?b\"}}]}\n\n".getBytes(UTF_8);
            event[new String(event, UTF_8).indexOf('?')] = (byte) 0xFF;
            call.chunk(event);
            call.done();
            call.end();
        });
        assertEquals("a\uFFFDb", readAll(answer));
    }

    @Test
    void a_stream_that_ends_after_done_alone_is_complete() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("x");
            call.done();
            call.end();
        });
        assertEquals("x", readAll(answer));
        assertEquals(new ModelStream.Ending("unknown", null), answer.ending());
    }

    @Test
    void a_stream_that_ends_after_the_finish_reason_alone_is_complete() throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("x");
            call.finish();
            call.cut();
        });
        assertEquals("x", readAll(answer));
        assertEquals("stop", answer.ending().finish());
    }

    @Test
    void a_provider_that_says_nothing_after_the_finish_reason_is_not_waited_for() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("x");
            call.finish();
            call.awaitEnd(ended);
        });
        assertEquals("x", readAll(answer));
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @Test
    void a_stream_of_a_known_length_works_as_well() throws Exception {
        ModelStream answer = ask(call -> call.reply(
                200, EVENT_STREAM, "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n"));
        assertEquals("x", readAll(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"ind",
                "<html>",
                "[]",
                "\"x\"",
                "{} {}",
                "{\"choices\":[{\"delta\":{\"content\":\"lost\"}}]}x"
            })
    void a_broken_line_is_garbled_and_nothing_of_it_is_text(String line) throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("good");
            call.event(line);
            call.token("more");
            call.done();
            call.end();
        });
        assertEquals("good", answer.next());
        assertEquals("model-garbled", failure(answer).code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"secret\",\"type\":\"server_error\",\"code\":null}} | model-error",
                "{\"error\":\"secret\"} | model-error",
                "{\"error\":{\"code\":429}} | model-busy",
                "{\"error\":{\"code\":\"rate_limit_exceeded\"}} | model-busy",
                "{\"error\":{\"type\":\"rate_limit_error\"}} | model-busy",
                "{\"error\":{\"code\":502},\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]} | model-error",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":401}} | model-unauthorized",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]} | model-error",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"abort\"}]} | model-error",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]} | model-error"
            })
    void an_error_in_the_stream_is_the_models_failure(String error, String code) throws Exception {
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("half");
            call.event(error);
            call.end();
        });
        assertEquals("half", answer.next());
        ModelFailed failed = failure(answer);
        assertEquals(code, failed.code());
        assertFalse(failed.getMessage().contains("secret"));
    }

    @Test
    void a_connection_closed_before_any_reply_is_unreachable() throws Exception {
        assertEquals(
                "model-unreachable", failure(ask(ScriptedProvider.Call::cut)).code());
        assertEquals(1, provider.requests().size(), "the client itself asked again");
    }

    @Test
    void comments_and_empty_pieces_do_not_hide_a_stall() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        provider = provider(call -> {
            call.stream();
            call.token("");
            for (int i = 0; i < 200; i++) {
                call.chunk(": still here\n\n");
                call.event("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
                TimeUnit.MILLISECONDS.sleep(50);
            }
            call.awaitEnd(ended);
        });
        assertEquals(
                "model-stalled",
                failure(open(provider.url(), null, Duration.ofMillis(600), LONG))
                        .code());
    }

    @Test
    void closing_ends_the_call_while_another_thread_waits_for_a_token() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = ask(call -> {
            call.stream();
            call.token("half");
            call.awaitEnd(ended);
        });
        assertEquals("half", answer.next());
        CompletableFuture<ModelFailed> waiting = CompletableFuture.supplyAsync(() -> failure(answer), timer);
        assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
        answer.close();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals("model-stopped", waiting.get().code());
    }

    @Test
    void closing_ends_the_call_while_another_thread_waits_for_the_headers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = ask(call -> {
            asked.countDown();
            call.awaitEnd(ended);
        });
        CompletableFuture<ModelFailed> waiting = CompletableFuture.supplyAsync(() -> failure(answer), timer);
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        answer.close();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals("model-stopped", waiting.get().code());
    }

    @Test
    void closing_ends_the_call_while_tokens_flow() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModelStream answer = ask(call -> {
            call.stream();
            try {
                while (true) {
                    call.token("x");
                }
            } catch (IOException e) {
                ended.countDown();
            }
        });
        answer.next();
        answer.close();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals("model-stopped", failure(answer).code());
        answer.close();
    }

    @Test
    void a_stream_closed_before_it_asked_never_asks() throws Exception {
        ModelStream answer = ask(this::oneWord);
        answer.close();
        assertEquals("model-stopped", failure(answer).code());
        assertEquals(0, provider.requests().size());
    }

    @Test
    void the_next_answer_uses_the_connection_of_one_that_was_read_to_its_end() throws Exception {
        ModelStream first = ask(this::oneWord, this::oneWord, this::oneWord);
        for (int i = 0; i < 3; i++) {
            try (ModelStream answer = i == 0 ? first : open(provider.url(), null, LONG, LONG)) {
                assertEquals("word", readAll(answer));
            }
        }
        assertEquals(1, provider.connections());
    }

    @Test
    void a_kept_connection_that_was_closed_meanwhile_costs_no_attempt() throws Exception {
        ModelStream first = ask(this::oneWord, ScriptedProvider.Call::cut, this::oneWord);
        for (int i = 0; i < 2; i++) {
            try (ModelStream answer = i == 0 ? first : open(provider.url(), null, LONG, LONG)) {
                assertEquals("word", readAll(answer));
            }
        }
        assertEquals(3, provider.requests().size());
    }

    @Test
    void a_stopped_answers_connection_is_not_used_again() throws Exception {
        ModelStream first = ask(
                call -> {
                    call.stream();
                    call.token("half");
                    call.token("half");
                },
                this::oneWord);
        first.next();
        first.close();
        try (ModelStream answer = open(provider.url(), null, LONG, LONG)) {
            assertEquals("word", readAll(answer));
        }
        assertEquals(2, provider.connections());
    }

    private void oneWord(ScriptedProvider.Call call) throws IOException {
        call.stream();
        call.token("word");
        call.finish();
        call.done();
        call.end();
    }

    private ModelStream ask(Script... scripts) throws IOException {
        provider = provider(scripts);
        return open(provider.url(), "secret-key", LONG, LONG);
    }

    private ModelStream open(URI url, String key, Duration firstToken, Duration stall) {
        return open(model("m-1", url, key, new OpenAiDialect(Prefix.NONE), new Patience(firstToken, stall)));
    }
}
