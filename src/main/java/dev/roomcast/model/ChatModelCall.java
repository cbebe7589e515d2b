package dev.roomcast.model;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An attempt at a LangChain4j model. It calls on threads of its own, and the reader waits for what it said. Guarded by itself.
 *
 * <p>Such a model can be told to end once it has said something, and only then: before that, a stopped answer ends here, and the
 * model when it next says a word.
 */
final class ChatModelCall implements Call, StreamingChatResponseHandler {

    private static final System.Logger LOG = System.getLogger(ChatModelCall.class.getName());

    /** The most text that waits for the reader; there is no way to make such a model wait. */
    private static final int MOST_UNREAD = 4_000_000;

    private final StreamingChatModel model;
    private final ChatRequest request;
    private final Executor threads;
    private final ChatAnswer answer = new ChatAnswer(null, new Thoughts(false)); // it hears no events but words
    private StreamingHandle handle;
    private ModelFailed failure;
    private ModelFailed coming; // told when what was said before has been read
    private long seen; // steps that the reader knows of
    private boolean heard; // any text
    private boolean complete;
    private boolean cut;

    /** @param threads where the model is asked, and cancelled: either may block */
    ChatModelCall(StreamingChatModel model, ChatRequest request, Executor threads) {
        this.model = model;
        this.request = request;
        this.threads = threads;
    }

    /** Elsewhere, as the model may answer before it returns, or never return. */
    @Override
    public void ask() throws ModelFailed {
        try {
            threads.execute(this::chat);
        } catch (RejectedExecutionException e) {
            throw Fault.STOPPED.failure(e);
        }
    }

    private void chat() {
        if (isCut()) {
            return;
        }
        try {
            model.chat(request, this); // no lock is held, as it may call back at once
        } catch (RuntimeException e) {
            onError(e);
        } catch (Error e) {
            LOG.log(Level.ERROR, "A model of the application broke", e); // such as for a class that it lacks
            onError(e);
        }
    }

    private synchronized boolean isCut() {
        return cut;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        hold(context.streamingHandle());
        onPartialResponse(piece.text());
    }

    @Override
    public synchronized void onPartialResponse(String piece) {
        if (cut || piece == null || piece.isEmpty()) {
            return;
        }
        if (answer.unread() + piece.length() > MOST_UNREAD) {
            fail(Fault.OVERSIZED.failure());
            return;
        }
        heard = true;
        answer.text(piece.toCharArray(), 0, piece.length());
        notifyAll();
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        hold(context.streamingHandle());
        onPartialThinking(thinking);
    }

    @Override
    public synchronized void onPartialThinking(PartialThinking thinking) {
        answer.step(); // thinking aloud is not silence
        notifyAll();
    }

    @Override
    public synchronized void onCompleteResponse(ChatResponse response) {
        String whole =
                response.aiMessage() == null ? null : response.aiMessage().text();
        if (!heard && whole != null) { // it may have thought aloud
            onPartialResponse(whole);
        }
        TokenUsage tokens = response.tokenUsage();
        if (tokens != null && tokens.inputTokenCount() != null && tokens.outputTokenCount() != null) {
            answer.usage(tokens.inputTokenCount(), tokens.outputTokenCount());
        }
        answer.finish(reason(response.finishReason()));
        answer.end();
        notifyAll();
    }

    private static String reason(FinishReason reason) {
        return reason == null
                ? "unknown"
                : switch (reason) {
                    case STOP -> "stop";
                    case LENGTH -> "length";
                    case TOOL_EXECUTION -> "tool_calls";
                    case CONTENT_FILTER -> ModelStream.Ending.FILTERED;
                    case OTHER -> "unknown";
                };
    }

    @Override
    public synchronized void onError(Throwable why) {
        fail(ChatModelFaults.of(why).failure(why));
    }

    private void fail(ModelFailed why) {
        if (coming == null) {
            coming = why;
        }
        notifyAll();
    }

    @Override
    public synchronized void fill() {
        try {
            while (answer.steps() == seen && !answer.done() && coming == null && !cut) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut = true;
        }
        seen = answer.steps();
        if (cut) {
            end(Fault.STOPPED.failure());
        } else if (answer.done() || coming != null) {
            end(coming);
        }
    }

    @Override
    public synchronized void end(ModelFailed otherwise) {
        complete = answer.finished();
        failure = complete ? null : otherwise;
    }

    @Override
    public synchronized String text() {
        return answer.take();
    }

    @Override
    public synchronized ModelFailed failure() {
        return failure;
    }

    @Override
    public synchronized boolean isComplete() {
        return complete;
    }

    @Override
    public synchronized boolean isFinished() {
        return answer.finished();
    }

    @Override
    public synchronized long steps() {
        return seen;
    }

    @Override
    public synchronized ModelStream.Ending ending() {
        return answer.ending();
    }

    @Override
    public void cut() {
        StreamingHandle known;
        synchronized (this) {
            cut = true;
            known = answer.done() ? null : handle;
            notifyAll();
        }
        cancel(known);
    }

    /** Known from the first word on; who was cut before that cancels now. */
    private void hold(StreamingHandle known) {
        boolean late;
        synchronized (this) {
            handle = known;
            late = cut;
        }
        if (late) {
            cancel(known);
        }
    }

    private void cancel(StreamingHandle known) {
        if (known == null) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    known.cancel();
                } catch (RuntimeException e) {
                    // Not all models can be told to end. What they say from now on is not listened to.
                    LOG.log(Level.DEBUG, "A model of the application does not let itself be cancelled", e);
                }
            });
        } catch (RejectedExecutionException e) {
            // The server stops, and the model with it.
        }
    }

    @Override
    public void leave() {}
}
