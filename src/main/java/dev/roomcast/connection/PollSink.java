package dev.roomcast.connection;

import dev.roomcast.room.Position;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Gathers what a feed writes, and answers one poll with it. The feed lives as long as the poll; what comes after the answer
 * has been made is not lost, since the client's next poll says from where.
 *
 * <p>Thread-safe: {@code this} guards everything.
 */
final class PollSink implements Sink {

    /** Characters of an answer; it is a little more, since a slice is never cut. */
    private static final int ENOUGH = 512 * 1024;

    private final AsyncResponse response;
    private final Executor answering;
    private final List<Frame> frames = new ArrayList<>();
    private String position;
    private String session = "";
    private Runnable taken = () -> {};
    private Runnable made = () -> {};
    private Runnable answered = () -> {};
    private int size;
    private int whole;
    private boolean due;
    private boolean done;
    private Future<?> end;

    /**
     * @param since where the client is, or {@code null}
     * @param answering makes the answer, which may block for as long as the client does not read it
     */
    PollSink(AsyncResponse response, Position since, Executor answering) {
        this.response = response;
        this.position = since == null ? null : since.toString();
        this.answering = answering;
    }

    /**
     * @param each told of each frame that goes along, before the next is read: the feed may have read on when the answer is made; must not block
     * @param then told once the answer is made, before the client can have it and come again; at once if it has been
     * @param over told once the client, or the server, has taken the answer, if it was not made before
     */
    void answersFor(String name, Runnable each, Runnable then, Runnable over) {
        synchronized (this) {
            if (!done) {
                session = name;
                taken = each;
                made = then;
                answered = over;
                return;
            }
        }
        then.run();
    }

    /** What would end the poll is not needed once it is answered: until then it holds on to everything that was read. */
    void endsBy(Future<?> end) {
        synchronized (this) {
            if (!done) {
                this.end = end;
                return;
            }
        }
        end.cancel(false);
    }

    @Override
    public void write(Frame frame, Completion completion) {
        if (frame == Frame.PING) {
            completion.done(null); // a poll ends soon enough by itself
            return;
        }
        boolean first;
        boolean more;
        boolean last;
        synchronized (this) {
            if (done) {
                return;
            }
            first = frames.isEmpty();
            frames.add(frame);
            taken.run();
            size += frame.text().length();
            if (frame.position() != null) {
                position = frame.position();
            }
            whole = frame.part() ? whole : frames.size();
            more = size < ENOUGH || frame.part();
            last = due && !frame.part();
        }
        if (first) {
            // Not here: what else there is to read now shall come along.
            answering.execute(this::answer);
        }
        if (last) {
            answering.execute(() -> close(Closing.LOST)); // not here either: whoever appends waits for no reader
        } else if (more) {
            completion.done(null);
        }
    }

    private void answer() {
        synchronized (this) {
            // Never in the middle of a slice: its frames would come again with the next poll.
            due = whole < frames.size();
            if (due) {
                return;
            }
        }
        close(Closing.LOST);
    }

    @Override
    public void close(Closing why) {
        String body;
        Runnable then;
        Runnable over;
        Future<?> timer;
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
            then = made;
            over = answered;
            timer = end;
            body = Json.write(json -> {
                if (position != null) {
                    json.writeStringField("position", position);
                }
                json.writeStringField("session", session);
                json.writeFieldName("events");
                json.writeStartArray();
                for (Frame frame : frames.subList(0, whole)) {
                    json.writeRawValue(frame.text());
                }
                json.writeEndArray();
                if (why != Closing.LOST) {
                    json.writeObjectFieldStart("close");
                    json.writeNumberField("code", why.code());
                    json.writeStringField("reason", why.reason());
                    json.writeEndObject();
                }
            });
            frames.clear(); // the answer may be under way for long
        }
        if (timer != null) {
            timer.cancel(false);
        }
        then.run();
        try {
            response.resume(Response.ok(body, MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build());
        } finally {
            over.run();
        }
    }
}
