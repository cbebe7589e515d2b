package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * One streamed answer as bytes, and when each of them is due. Confined to one thread at a time.
 *
 * <p>Time is told from outside, in nanoseconds since the question.
 */
final class DemoScore {

    /** Written as one: with no gap between tokens, an answer is a few large writes. */
    private static final int LARGEST_BATCH = 256;

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(UTF_8);

    private final DemoQuestion question;
    private final DemoDirective directive;
    private final DemoAnswer answer;
    private final String id;
    private final long created;
    private int sent = -1; // tokens; -1: not even the role
    private boolean over;

    DemoScore(DemoQuestion question, DemoDirective directive, DemoAnswer answer, String id, long created) {
        this.question = question;
        this.directive = directive;
        this.answer = answer;
        this.id = id;
        this.created = created;
    }

    /** What is due by now and was not given yet. Empty: nothing. */
    byte[] due(long elapsed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (sent < 0) {
            DemoJson.chunk(bytes, id, created, "assistant", "", null);
            sent = 0;
        }
        int batch = 0;
        while (sent < last() && batch < LARGEST_BATCH && dueIn(elapsed) <= 0) {
            DemoJson.chunk(bytes, id, created, null, answer.token(sent), null);
            sent++;
            batch++;
        }
        if (sent >= last() && !over && directive.fault() != DemoDirective.Fault.STALL) {
            over = true;
            if (directive.fault() != DemoDirective.Fault.CUT) {
                end(bytes);
            }
        }
        return bytes.toByteArray();
    }

    private void end(ByteArrayOutputStream bytes) {
        DemoJson.chunk(bytes, id, created, null, null, "stop");
        if (question.usage()) {
            DemoJson.usageChunk(bytes, id, created, question.promptTokens(), answer.count());
        }
        bytes.writeBytes(DONE);
    }

    /** How long until there is more, not negative by much, or {@link Long#MAX_VALUE} if the demo shall stay silent. */
    long dueIn(long elapsed) {
        if (sent >= last()) {
            return over ? 0 : Long.MAX_VALUE;
        }
        return directive.firstToken().toNanos()
                + Math.max(0, sent) * directive.gap().toNanos()
                - elapsed;
    }

    /** All was given. */
    boolean isOver() {
        return over;
    }

    private int last() {
        boolean faulty = directive.fault() == DemoDirective.Fault.CUT || directive.fault() == DemoDirective.Fault.STALL;
        return faulty ? Math.min(directive.at(), answer.count()) : answer.count();
    }
}
