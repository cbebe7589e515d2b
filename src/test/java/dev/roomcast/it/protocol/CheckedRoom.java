package dev.roomcast.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Screen;
import dev.roomcast.journal.WholeLog;
import dev.roomcast.room.RoomId;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/** What people did and saw in one room, to be held against its log when they have all said the last word. Thread-safe. */
final class CheckedRoom {

    private final String id = "check-" + House.unique();
    private final Moments moments = new Moments();
    private final ConcurrentMap<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, Integer> unserved = new ConcurrentHashMap<>();
    private volatile boolean over;
    private volatile int removed;

    /** A command of somebody's, which is the same however often it is sent. */
    record Told(String id, String type, String field, String text) {

        /** No two say the same. */
        static Told message(String id) {
            return new Told(id, "message", "content", id);
        }

        /** Asks for an answer of which one sees whether something is missing. */
        static Told question(String id) {
            Random chance = new Random(id.hashCode());
            String prompt = id + " [[demo tokens=" + (1 + chance.nextInt(150)) + " gap=" + (5 + chance.nextInt(25))
                    + "ms numbered]]";
            return new Told(id, "ai-query", "prompt", prompt);
        }

        /** @param type {@code ai-regenerate} or {@code ai-continue} */
        static Told more(String id, String type, String answerId) {
            return new Told(id, type, "answerId", answerId);
        }
    }

    String id() {
        return id;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    void saw(String who, Screen screen) {
        moments.note(who, screen);
    }

    void acknowledged(Told told, JsonNode answer) {
        String outcome = answer.path(told.type().equals("message") ? "messageId" : "answerId")
                .asText();
        String before = acknowledged.put(told.id(), outcome);
        if (before != null && !before.equals(outcome)) {
            wrong(told + " came to " + before + " and to " + outcome);
        }
    }

    boolean isAcknowledged(Told told) {
        return acknowledged.containsKey(told.id());
    }

    /** For good: then it never was. */
    void refused(Told told) {
        refused.add(told.id());
    }

    /** Nobody served them, which happens. */
    void unserved(Object why) {
        unserved.merge(
                String.valueOf(why).replaceAll("[0-9a-f]{6,}|[0-9]+", "…").replaceAll("\"re\":\"[^\"]*\"", ""),
                1,
                Integer::sum);
    }

    void wrong(String what) {
        wrong.add(what);
    }

    /** What was wrong; at best nothing. */
    List<String> faults(String redis) throws InterruptedException {
        WholeLog log = WholeLog.read(redis, new RoomId(id));
        removed = log.removals().size();
        wrong.addAll(log.faults(acknowledged));
        wrong.addAll(moments.faults(log));
        log.events().stream()
                .filter(event -> event.re() != null && refused.contains(event.re()))
                .forEach(event -> wrong.add("refused, and in the log: " + event));
        return List.copyOf(wrong);
    }

    /** How much there was to look at. */
    int size() {
        return Math.min(acknowledged.size(), moments.size());
    }

    @Override
    public String toString() {
        return id + ": " + acknowledged.size() + " acknowledged, " + refused.size() + " refused, " + removed
                + " removed, " + moments.size() + " screens looked at, not served " + new TreeMap<>(unserved);
    }
}
