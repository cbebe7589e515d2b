package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A LangChain4j model that says what a test tells it, on a thread of its own. */
@Timeout(60)
class ChatModelTest {

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Prompt TEA = ProviderTest.TEA;

    /** What the model does with a question. */
    private interface Script {
        void play(ChatRequest request, StreamingChatResponseHandler handler) throws Exception;
    }

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
    private final ExecutorService chatting = Executors.newCachedThreadPool();
    private final StallWatch watch = new StallWatch(threads);
    private final Handle handle = new Handle();

    @AfterEach
    void close() {
        threads.shutdownNow();
        chatting.shutdownNow();
    }

    @Test
    void what_it_says_is_the_answer_and_what_it_thinks_is_not() throws Exception {
        ModelStream answer = ask(LONG, (request, says) -> {
            says.onPartialThinking(new PartialThinking("SECRET"));
            says(says, "Hello, ");
            says(says, "world \uD83D");
            says(says, "\uDE00");
            says.onCompleteResponse(end("Hello, world 😀", FinishReason.LENGTH));
        });
        assertEquals("Hello, world 😀", ProviderTest.readAll(answer));
        assertEquals(new ModelStream.Ending("length", new ModelStream.Usage(7, 3)), answer.ending());
    }

    @Test
    void one_that_speaks_only_at_its_end_is_heard_as_well() throws Exception {
        ModelStream answer = ask(LONG, (request, says) -> says.onCompleteResponse(end("word", FinishReason.STOP)));
        assertEquals("word", ProviderTest.readAll(answer));
    }

    @Test
    void it_is_told_who_said_what() throws Exception {
        CompletableFuture<ChatRequest> asked = new CompletableFuture<>();
        ask(LONG, (request, says) -> {
                    asked.complete(request);
                    says.onCompleteResponse(end("word", FinishReason.STOP));
                })
                .next();
        assertEquals(
                List.of(ChatMessageType.SYSTEM, ChatMessageType.USER),
                asked.get().messages().stream().map(message -> message.type()).toList());
        assertTrue(asked.get().messages().get(1).toString().contains("Ana: \"Tea?\" 😀"));
    }

    @Test
    void what_it_throws_becomes_a_code_after_what_it_said() throws Exception {
        assertEquals("model-unauthorized", fails(new AuthenticationException("secret")));
        assertEquals("model-busy", fails(new RuntimeException(new RateLimitException("secret"))));
        assertEquals("model-declined", fails(new ContentFilteredException("secret")));
        assertEquals("model-unreachable", fails(new RuntimeException(new ConnectException("secret"))));
        assertEquals("model-error", fails(new IllegalStateException("secret")));
    }

    @Test
    void one_that_throws_at_once_fails_as_well() {
        ModelStream answer = ask(LONG, model((request, says) -> {
            throw new AuthenticationException("secret");
        }));
        assertEquals("model-unauthorized", ProviderTest.failure(answer).code());
    }

    @Test
    void an_empty_answer_is_a_failure_of_its_own() {
        ModelStream answer = ask(LONG, (request, says) -> says.onCompleteResponse(end("", FinishReason.STOP)));
        assertEquals("model-empty", ProviderTest.failure(answer).code());
    }

    @Test
    void silence_is_a_stall() {
        ModelStream answer = ask(Duration.ofMillis(600), (request, says) -> {});
        assertEquals("model-stalled", ProviderTest.failure(answer).code());
    }

    @Test
    void closing_cancels_it_while_somebody_waits_for_more() throws Exception {
        ModelStream answer = ask(LONG, (request, says) -> says(says, "half"));
        assertEquals("half", answer.next());
        CompletableFuture<ModelFailed> waiting =
                CompletableFuture.supplyAsync(() -> ProviderTest.failure(answer), threads);
        answer.close();
        assertTrue(handle.cancelled.await(20, TimeUnit.SECONDS));
        assertEquals("model-stopped", waiting.get(20, TimeUnit.SECONDS).code());
    }

    @Test
    void closing_before_its_first_word_cancels_it_with_that() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ModelStream answer = ask(LONG, (request, says) -> {
            asked.countDown();
            closed.await();
            says(says, "late");
        });
        CompletableFuture<ModelFailed> waiting =
                CompletableFuture.supplyAsync(() -> ProviderTest.failure(answer), threads);
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        answer.close();
        assertEquals("model-stopped", waiting.get(20, TimeUnit.SECONDS).code(), "without waiting for a word");
        closed.countDown();
        assertTrue(handle.cancelled.await(20, TimeUnit.SECONDS));
    }

    @Test
    void one_that_says_all_of_it_before_it_returns_is_heard_word_by_word() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        ModelStream answer = ask(LONG, model((request, says) -> {
            says(says, "first");
            heard.await();
            says(says, "second");
            says.onCompleteResponse(end("firstsecond", FinishReason.STOP));
        }));
        assertEquals("first", answer.next());
        heard.countDown();
        assertEquals("second", ProviderTest.readAll(answer));
    }

    @Test
    void one_that_never_returns_is_a_stall_and_can_be_stopped() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        StreamingChatModel stuck = model((request, says) -> never.await());
        assertEquals("model-stalled", ProviderTest.failure(ask(SHORT, stuck)).code());
        ModelStream answer = ask(LONG, stuck);
        CompletableFuture<ModelFailed> waiting =
                CompletableFuture.supplyAsync(() -> ProviderTest.failure(answer), threads);
        answer.close();
        assertEquals("model-stopped", waiting.get(20, TimeUnit.SECONDS).code());
    }

    @Test
    void one_that_breaks_with_an_error_fails_like_any_other() {
        ModelStream answer = ask(LONG, model((request, says) -> {
            throw new NoClassDefFoundError("secret");
        }));
        assertEquals("model-error", ProviderTest.failure(answer).code());
    }

    @Test
    void one_that_thinks_aloud_and_speaks_only_at_its_end_is_heard_as_well() throws Exception {
        ModelStream answer = ask(LONG, (request, says) -> {
            says.onPartialThinking(new PartialThinking("SECRET"));
            says.onCompleteResponse(end("word", FinishReason.STOP));
        });
        assertEquals("word", ProviderTest.readAll(answer));
    }

    @Test
    void one_that_cannot_be_cancelled_gives_back_its_place_and_is_not_watched_any_more() throws Exception {
        StreamingHandle stubborn = new StreamingHandle() {
            @Override
            public void cancel() {
                throw new UnsupportedFeatureException("no");
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        ModelStream answer = ask(
                LONG,
                (request, says) ->
                        says.onPartialResponse(new PartialResponse("half"), new PartialResponseContext(stubborn)));
        assertEquals("half", answer.next());
        answer.close();
        assertEquals(0, watch.watched());
        assertEquals("model-stopped", ProviderTest.failure(answer).code());
    }

    @Test
    void what_is_no_such_model_is_no_source() {
        assertThrows(ClassCastException.class, () -> new ChatModelSource("no model", threads));
    }

    private String fails(Throwable why) throws Exception {
        ModelStream answer = ask(LONG, (request, says) -> {
            says(says, "half");
            says.onError(why);
        });
        assertEquals("half", answer.next());
        ModelFailed failed = ProviderTest.failure(answer);
        assertFalse(failed.getMessage().contains("secret"));
        return failed.code();
    }

    private void says(StreamingChatResponseHandler handler, String text) {
        handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(handle));
    }

    private static ChatResponse end(String text, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .tokenUsage(new TokenUsage(7, 3))
                .finishReason(reason)
                .build();
    }

    private ModelStream ask(Duration firstToken, Script script) {
        return ask(
                firstToken,
                model((request, says) -> threads.execute(() -> {
                    try {
                        script.play(request, says);
                    } catch (Exception e) {
                        says.onError(e);
                    }
                })));
    }

    private ModelStream ask(Duration firstToken, StreamingChatModel model) {
        return new ProviderModel(
                        "bean",
                        0,
                        new Patience(firstToken, LONG),
                        new ChatModelSource(model, chatting),
                        new ProviderGate(),
                        10,
                        watch)
                .open(TEA);
    }

    private static StreamingChatModel model(Script script) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                try {
                    script.play(request, handler);
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static final class Handle implements StreamingHandle {

        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public boolean isCancelled() {
            return cancelled.getCount() == 0;
        }
    }
}
