package dev.roomcast.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Screen;
import dev.roomcast.it.protocol.CheckedRoom.Told;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One of many people in a room, on whatever node and by whatever transport: talks, asks, asks again, stops and removes what they see, leaves
 * without a word and comes back where they were. What was not acknowledged they send again, with the same id, until it is, or refused. One thread.
 */
final class Wanderer {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration AT_LAST = Duration.ofMinutes(3);

    private final CheckedRoom room;
    private final List<House> houses;
    private final Person person;
    private final Random random;
    private Screen screen = new Screen();
    private Client client;
    private String where = "nowhere";
    private Told pending;
    private int sent;

    /** Answers to what they asked. */
    private final Set<String> mine = new HashSet<>();

    Wanderer(CheckedRoom room, List<House> houses, Person person, Random random) {
        this.room = room;
        this.houses = houses;
        this.person = person;
        this.random = random;
    }

    /** Does one thing and another, until it is over. */
    void wander() {
        while (!room.isOver()) {
            if (client == null || client.hasEnded() || random.nextInt(40) == 0) {
                come();
            } else if (pending != null) {
                insist();
            } else {
                something();
            }
        }
    }

    private void something() {
        switch (random.nextInt(10)) {
            case 0, 1 -> pending = Told.message(person.userId() + "-" + sent++);
            case 2 -> pending = Told.question(person.userId() + "-" + sent++);
            case 3 -> stopOne();
            case 4 -> askForMore();
            case 5 -> removeOne();
            default -> look(Duration.ofMillis(random.nextInt(400)), frame -> false);
        }
    }

    private void stopOne() {
        String answer = seen(shown -> Stream.concat(shown.answers.keySet().stream(), shown.waiting.stream())
                .filter(id -> !shown.endings.containsKey(id)));
        if (answer != null && random.nextInt(3) == 0) {
            send(Client.command(House.unique(), "ai-stop", "answerId", answer)); // somebody else's are refused
        }
    }

    /** Of an answer of their own, as those of others are refused. */
    private void askForMore() {
        String answer = seen(shown ->
                shown.answers.keySet().stream().filter(id -> mine.contains(id) && shown.endings.containsKey(id)));
        if (answer != null && random.nextInt(3) == 0) {
            String type = random.nextBoolean() ? "ai-regenerate" : "ai-continue";
            pending = Told.more(person.userId() + "-" + sent++, type, answer);
        }
    }

    /** Who may not is refused. */
    private void removeOne() {
        String message = seen(shown -> shown.messages.keySet().stream());
        String answer = seen(shown -> shown.answers.keySet().stream().filter(id -> shown.endings.containsKey(id)));
        if (message != null && random.nextInt(4) == 0) {
            send(Client.command(House.unique(), "remove", "messageId", message));
        } else if (answer != null && random.nextInt(4) == 0) {
            send(Client.command(House.unique(), "remove", "answerId", answer));
        }
    }

    /** One of these, or {@code null} if there is none. */
    private String seen(Function<Screen, Stream<String>> which) {
        List<String> ids = client.see(shown -> which.apply(shown).toList());
        return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }

    /** Sends it, once more perhaps, and hears what came of it, or goes elsewhere. */
    private void insist() {
        Told told = pending;
        if (!send(Client.command(told.id(), told.type(), told.field(), told.text()))) {
            return;
        }
        JsonNode answer = look(SOON, frame -> client.isAnswer(frame, told.id()));
        if (answer == null) {
            leave();
        } else if (!answer.path("type").asText().equals("error")) {
            room.acknowledged(told, answer);
            mine.add(answer.path("answerId").asText());
            pending = null;
        } else if (answer.get("code").asText().equals("room-busy")) {
            room.refused(told);
            pending = null;
        } else if (answer.get("code").asText().equals("not-allowed")) {
            room.refused(told); // to go on with what is complete
            pending = null;
        } else if (answer.get("code").asText().equals("no-such-answer") || random.nextInt(3) == 0) {
            pending = null; // nobody knows, and they do not insist
        } else {
            String code = answer.get("code").asText();
            if (code.equals("internal") || code.equals("id-reused")) {
                room.wrong(name() + " told " + told + " and heard " + answer);
            }
            room.unserved(code);
            leave();
        }
    }

    /** {@code null} if it does not come in time, or what came is not right. */
    private JsonNode look(Duration patience, Predicate<JsonNode> wanted) {
        try {
            return client.within(patience, wanted);
        } catch (AssertionError trouble) {
            leave(); // and tells of it
            return null;
        }
    }

    private boolean send(String command) {
        try {
            client.send(command);
            return true;
        } catch (RuntimeException | AssertionError unserved) {
            room.unserved(unserved);
            leave();
            return false;
        }
    }

    /** To any node, by any transport; mostly where they were, sometimes as somebody who was never there. */
    private void come() {
        leave();
        LockSupport.parkNanos(random.nextInt(200_000_000)); // nobody hammers at doors
        if (random.nextInt(8) == 0) {
            screen = new Screen();
        }
        int house = random.nextInt(houses.size());
        client = Transport.ALL.get(random.nextInt(3)).client(houses.get(house), person);
        where = client.getClass().getSimpleName() + " at " + house;
        client.eachPosition(moment -> {
            if (random(5)) {
                room.saw(name(), moment);
            }
        });
        try {
            JsonNode first = client.joinWith(screen, room.id());
            if (first.path("type").asText().equals("error")) {
                leave();
            }
        } catch (RuntimeException | AssertionError unserved) {
            room.unserved(unserved);
            leave();
        }
    }

    private static boolean random(int oneIn) {
        return ThreadLocalRandom.current().nextInt(oneIn) == 0; // not on this thread
    }

    private String name() {
        return person.userId() + " (" + where + ")";
    }

    /** The cable is pulled; what they saw they keep. */
    private void leave() {
        if (client == null) {
            return;
        }
        try {
            client.cut();
        } catch (RuntimeException broken) {
            room.unserved(broken); // it was cut before
        }
        screen = client.see(Screen::new);
        Throwable trouble = client.trouble();
        if (trouble != null && !(trouble instanceof NotServed)) {
            room.wrong(name() + ": " + trouble + " after " + client.last());
            screen = new Screen();
        }
        client = null;
    }

    /** Everything is there again: says the last word, and waits until the others have. */
    void sayTheLastWord() {
        long deadline = System.nanoTime() + AT_LAST.toNanos();
        Told last = Told.message(person.userId() + "-last");
        boolean said = false;
        while (!said && System.nanoTime() - deadline < 0) {
            if (client == null || client.hasEnded()) {
                come();
            } else {
                if (pending == null) {
                    pending = last;
                }
                insist();
                said = room.isAcknowledged(last);
            }
        }
        if (!said) {
            room.wrong(name() + " could not say the last word: " + (client == null ? "nowhere" : client.last()));
        }
    }

    /** Looks until it is like this, and comes again now and then. */
    void awaitScreen(Predicate<Screen> wanted) {
        long deadline = System.nanoTime() + AT_LAST.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (client == null || client.hasEnded() || random.nextInt(100) == 0) {
                come();
            } else if (client.see(wanted::test)) {
                return;
            } else {
                look(Duration.ofMillis(200), frame -> false);
            }
        }
        room.wrong(name() + " waited in vain, and sees " + (client == null ? "nothing" : seen()));
    }

    private String seen() {
        return client.see(shown -> "at " + shown.position + " " + shown.messages.size() + " messages, "
                + shown.answers.keySet() + " with " + shown.endings.keySet() + " ended, " + shown.waiting + " waiting, "
                + shown.members.keySet() + " here");
    }

    void end() {
        if (client != null) {
            client.see(shown -> {
                room.saw(name(), shown);
                return null;
            });
        }
        leave();
    }
}
