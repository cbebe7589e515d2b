package dev.roomcast.model.demo;

import dev.roomcast.concurrent.Threads;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST demo/v1/chat/completions}, as OpenAI's clients know it, streamed or at once. */
@WebServlet(urlPatterns = "/demo/v1/chat/completions", asyncSupported = true)
public class DemoCompletions extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int MOST_AT_ONCE = 2_000;

    /** The longest answer that a directive can order would take a day. Nobody waits for that. */
    private static final long LONGEST_ANSWER_MS = TimeUnit.MINUTES.toMillis(10);

    /** While nothing is written, nobody notices that the reader left; and the server cannot stop before this ends. */
    private static final long LONGEST_SILENCE_MS = TimeUnit.MINUTES.toMillis(2);

    private final transient Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final transient DemoAttempts attempts = new DemoAttempts();
    private final AtomicLong count = new AtomicLong();

    @Inject
    private transient DemoDoor door;

    @Inject
    private transient Threads threads;

    private transient ScheduledExecutorService timer;

    @Override
    public void init() {
        timer = threads.ticking("roomcast-demo");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door.isOpenTo(request)) {
            DemoReply.refuse(response, 401, "Incorrect API key provided.", "invalid_api_key");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            DemoReply.refuse(response, 413, "A request has at most " + LARGEST_BODY + " bytes.", "request_too_large");
            return;
        }
        DemoQuestion question;
        try {
            question = DemoQuestion.read(body);
        } catch (IOException e) {
            DemoReply.refuse(response, 400, e.getMessage(), null);
            return;
        }
        answer(request, response, question);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, DemoQuestion question)
            throws IOException {
        DemoDirective directive = attempts.directive(question.prompt());
        if (directive.fault() == DemoDirective.Fault.REFUSE) {
            DemoReply.refuse(response, 500, "The demo was told to fail.", null);
            return;
        }
        DemoAnswer answer = DemoAnswer.to(question, directive);
        String id = "chatcmpl-demo-" + count.incrementAndGet();
        long created = System.currentTimeMillis() / 1000;
        if (!question.stream()) {
            DemoReply.json(
                    response,
                    200,
                    DemoJson.completion(id, created, answer.text(), question.promptTokens(), answer.count()));
        } else if (!places.tryAcquire()) {
            response.setHeader("Retry-After", "1");
            DemoReply.refuse(response, 429, "The demo answers enough questions already.", "rate_limit_exceeded");
        } else {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-cache");
            response.flushBuffer(); // the headers, or else Open Liberty keeps the first token until the second
            AsyncContext context = request.startAsync();
            context.setTimeout(directive.fault() == DemoDirective.Fault.STALL ? LONGEST_SILENCE_MS : LONGEST_ANSWER_MS);
            DemoScore score = new DemoScore(question, directive, answer, id, created);
            new DemoStream(context, score, timer, places::release).start();
        }
    }
}
