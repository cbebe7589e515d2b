package dev.roomcast.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.connection.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Somebody in a room, whatever the transport. Each frame is held against the schemas and shown on the screen as it comes; what
 * is wrong with one fails the next wait, and at the latest {@link #close}.
 *
 * <p>Thread-safe: {@code this} guards everything that frames change. The reading thread writes, the test waits.
 */
abstract class Client implements AutoCloseable {

    final House house;
    final Person person;
    private final List<JsonNode> frames = new ArrayList<>();
    private Screen screen = new Screen();
    private Throwable trouble;
    private volatile int connection;
    private boolean ended;
    private int closeCode = -1;
    private Consumer<Screen> moments = moment -> {};
    private String room;
    private volatile String session;

    Client(House house, Person person) {
        this.house = house;
        this.person = person;
    }

    // --- What transports do

    /**
     * Begins to read the room, from {@code since} if it is not {@code null}. A refusal is a frame like any other.
     *
     * @param connection to be given back with whatever comes by it
     */
    abstract void connect(int connection, String since);

    /** Sends it as it is. The answer is a frame like any other. */
    abstract void send(String command);

    /** Lets go of the connection without a word. */
    abstract void hangUp();

    /** Takes no more bytes from the server, without a word. */
    abstract void stopReading();

    abstract void readOn();

    // --- What people do

    /** Enters, and returns the first frame: {@code joined} or an error. */
    final JsonNode join(String room) {
        return join(room, null);
    }

    final JsonNode join(String room, String since) {
        this.room = room;
        int before = count(frame -> true);
        connect(connection, since);
        return awaitIn(
                "to be let in", all -> all.stream().skip(before).findFirst().orElse(null));
    }

    /** As who was here before, with what they have on their screen. */
    final JsonNode joinWith(Screen before, String room) {
        synchronized (this) {
            screen = new Screen(before);
        }
        return join(room, before.position);
    }

    /** The cable is pulled: from now on nothing comes. */
    final void cut() {
        synchronized (this) {
            connection++;
            ended = false;
        }
        hangUp();
    }

    /** After {@link #cut}: goes on from where it was. */
    final void comeBack() {
        connect(connection, see(shown -> shown.position));
    }

    /** Sends a command, and returns its id. Fields come in pairs. */
    final String tell(String type, String... fields) {
        String id = House.unique();
        send(command(id, type, fields));
        return id;
    }

    static String command(String id, String type, String... fields) {
        ObjectNode command = House.JSON.createObjectNode().put("type", type);
        if (id != null) {
            command.put("id", id);
        }
        for (int i = 0; i < fields.length; i += 2) {
            command.put(fields[i], fields[i + 1]);
        }
        return command.toString();
    }

    /** The first frame that answers the command of this id to this person. */
    final JsonNode answerTo(String id) {
        return await("an answer to " + id, frame -> isAnswer(frame, id));
    }

    final boolean isAnswer(JsonNode frame, String id) {
        return frame.path("re").asText().equals(id)
                && (!frame.has("userId") || frame.get("userId").asText().equals(person.userId()));
    }

    /** Says it to the room, and returns the messageId. */
    final String say(String content) {
        return answerTo(tell("message", "content", content)).get("messageId").asText();
    }

    /** Asks, and returns the answerId. */
    final String ask(String prompt) {
        return answerTo(tell("ai-query", "prompt", prompt)).get("answerId").asText();
    }

    // --- What they see

    /** The event that ends this answer. */
    final JsonNode end(String answer) {
        return await(
                "the end of " + answer,
                frame -> type("ai-end").test(frame)
                        && frame.get("answerId").asText().equals(answer));
    }

    final JsonNode await(String what, Predicate<JsonNode> wanted) {
        return awaitIn(what, all -> all.stream().filter(wanted).findFirst().orElse(null));
    }

    /** Waits until this is seen on the screen. */
    final void awaitScreen(String what, Predicate<Screen> wanted) {
        awaitIn(what, all -> wanted.test(screen) ? House.JSON.nullNode() : null);
    }

    /** Does this every now and then, until that is seen on the screen. */
    final synchronized void doUntil(Runnable what, String that, Predicate<Screen> wanted) {
        long deadline = System.nanoTime() + house.patience().toNanos();
        while (!wanted.test(screen)) {
            if (System.nanoTime() - deadline > 0) {
                awaitScreen(that, wanted); // in vain, and says so
            }
            what.run();
            try {
                wait(200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Waits for the end of an answer, and returns its text. Comes back if the server ends the connection meanwhile. */
    final String wholeAnswer(String answerId) {
        while (true) {
            awaitScreen("the end of " + answerId, shown -> ended || shown.endings.containsKey(answerId));
            if (see(shown -> shown.endings.containsKey(answerId))) {
                return text(answerId);
            }
            cut();
            comeBack();
        }
    }

    private synchronized JsonNode awaitIn(String what, Function<List<JsonNode>, JsonNode> search) {
        JsonNode found = search(house.patience(), search);
        if (found == null) {
            throw new AssertionError(person.name() + " (" + getClass().getSimpleName() + ") waited in vain for " + what
                    + ". Last: " + last());
        }
        return found;
    }

    /** The last few frames. */
    final synchronized List<JsonNode> last() {
        return List.copyOf(frames.subList(Math.max(0, frames.size() - 5), frames.size()));
    }

    /** The first frame like this, or {@code null} if there is none in time. */
    final JsonNode within(Duration patience, Predicate<JsonNode> wanted) {
        return search(patience, all -> all.stream().filter(wanted).findFirst().orElse(null));
    }

    private synchronized JsonNode search(Duration patience, Function<List<JsonNode>, JsonNode> search) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            fail();
            JsonNode found = search.apply(frames);
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (found != null || left <= 0) {
                return found;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    final synchronized <T> T see(Function<Screen, T> look) {
        return look.apply(screen);
    }

    /** What is on the screen of this answer. */
    final String text(String answerId) {
        return see(shown -> shown.answers.getOrDefault(answerId, ""));
    }

    final String message(String messageId) {
        return see(shown -> shown.messages.get(messageId));
    }

    final boolean sees(Person other) {
        return see(shown -> shown.members.containsKey(other.userId()));
    }

    /** How many people they are told are here. */
    final int people() {
        return see(shown -> shown.count);
    }

    /** How often they had to begin anew; the first time counts. */
    final int snapshots() {
        return see(shown -> shown.snapshots);
    }

    final synchronized int count(Predicate<JsonNode> wanted) {
        return (int) frames.stream().filter(wanted).count();
    }

    final synchronized List<JsonNode> frames(Predicate<JsonNode> wanted) {
        return frames.stream().filter(wanted).toList();
    }

    static Predicate<JsonNode> type(String type) {
        return frame -> frame.path("type").asText().equals(type);
    }

    // --- For the transports

    final String room() {
        return room;
    }

    /** From the first {@code joined}, or {@code null}. */
    final String session() {
        return session;
    }

    /** A frame of the room came, or one for this reader alone. */
    final synchronized void received(int by, String text) {
        if (by != connection) {
            return; // the cable was pulled before it arrived
        }
        take(() -> {
            JsonNode frame = screen.show(text);
            if (frame.has("position")) {
                moments.accept(screen);
            }
            if (session == null && frame.has("session")) {
                session = frame.get("session").asText();
            }
            return frame;
        });
    }

    /** The answer to a request came, which is not part of what is read. */
    final void answered(JsonNode frame) {
        take(() -> frame);
    }

    private synchronized void take(Supplier<JsonNode> source) {
        try {
            JsonNode frame = source.get();
            Schemas.checkFrame(frame);
            frames.add(frame);
        } catch (RuntimeException | AssertionError e) {
            broke(e);
        }
        notifyAll();
    }

    /** Tells of each moment from which somebody with this screen, which goes on, could go on. Before joining. */
    final void eachPosition(Consumer<Screen> listener) {
        moments = listener;
    }

    final synchronized void broke(Throwable what) {
        if (trouble == null) {
            trouble = what;
        }
        notifyAll();
    }

    /** The server says with which code it is about to end the connection. */
    final synchronized void closing(int which, int code) {
        if (which == connection) {
            closeCode = code;
        }
    }

    final void awaitEnd() {
        awaitScreen("the end", shown -> ended);
    }

    final synchronized boolean hasEnded() {
        return ended;
    }

    /** With which the server ended the connection; -1 without one. */
    final synchronized int closeCode() {
        return closeCode;
    }

    /** The server ended the connection. */
    final synchronized void ended(int which) {
        ended = ended || which == connection;
        notifyAll();
    }

    final synchronized boolean isCurrent(int which) {
        return which == connection;
    }

    /** What was wrong with a frame, or with how one reads here; or {@code null}. */
    final synchronized Throwable trouble() {
        return trouble;
    }

    private void fail() {
        if (trouble != null) {
            throw new AssertionError(person.name() + " (" + getClass().getSimpleName() + "): " + trouble, trouble);
        }
    }

    @Override
    public void close() {
        cut();
        synchronized (this) {
            fail();
        }
    }
}
