package dev.roomcast.model;

import dev.roomcast.concurrent.Threads;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Begins answers at one of the gates of a deployed application, for {@link dev.roomcast.it.GatesIT}: {@code ?gate=5&times=3&fault=ERROR} one after
 * the other, with {@code &together} at the same time. Tells for each how it ended and with how many attempts. Or asks a model:
 * {@code ?ask=parrot&prompt=Tea}.
 */
@WebServlet("/gate-probe")
public class GateProbe extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Gates gates;

    @Inject
    private transient Models models;

    @Inject
    private transient Threads threads;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (request.getParameter("ask") != null) {
            response.getWriter().print(answer(request.getParameter("ask"), request.getParameter("prompt")));
            return;
        }
        ProviderGate gate = gates.of(Integer.parseInt(request.getParameter("gate")));
        int times = Integer.parseInt(request.getParameter("times"));
        String fault = request.getParameter("fault");
        List<String> ends =
                request.getParameter("together") == null ? oneByOne(gate, times, fault) : together(gate, times);
        response.setContentType("text/plain");
        response.getWriter().print(String.join(" ", ends));
    }

    private String answer(String model, String prompt) throws IOException {
        Prompt question = new Prompt(List.of(new Prompt.Turn(Prompt.Role.USER, prompt)));
        try (ModelStream answer = models.named(model).open(question)) {
            StringBuilder text = new StringBuilder();
            for (String piece = answer.next(); piece != null; piece = answer.next()) {
                text.append(piece);
            }
            return text.toString();
        } catch (ModelFailed e) {
            return e.code();
        }
    }

    private static List<String> oneByOne(ProviderGate gate, int times, String fault) {
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ends.add(begin(gate, () -> {
                if (fault != null) {
                    throw Fault.valueOf(fault).failure();
                }
                return "ok";
            }));
        }
        return ends;
    }

    /** All are let in, or turned away, before the first of them ends. */
    private List<String> together(ProviderGate gate, int times) throws IOException {
        CountDownLatch known = new CountDownLatch(times);
        List<Future<String>> begun = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            begun.add(threads.answers().submit(() -> {
                String end = begin(gate, () -> {
                    known.countDown();
                    await(known);
                    return "ok";
                });
                known.countDown();
                return end;
            }));
        }
        List<String> ends = new ArrayList<>();
        for (Future<String> each : begun) {
            try {
                ends.add(each.get(30, TimeUnit.SECONDS));
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        return ends;
    }

    private static void await(CountDownLatch known) {
        try {
            known.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String begin(ProviderGate gate, ProviderGate.Attempt attempt) {
        AtomicInteger attempts = new AtomicInteger();
        String end;
        try {
            end = gate.open(() -> {
                attempts.incrementAndGet();
                return attempt.make();
            });
        } catch (ModelFailed e) {
            end = e.code();
        } catch (CircuitBreakerOpenException e) {
            long rest = gate.rest().toMillis();
            end = rest > 0 && rest <= 10_000 ? "open" : "open-for-" + rest;
        } catch (BulkheadException e) {
            end = "full";
        }
        return end + '*' + attempts;
    }
}
