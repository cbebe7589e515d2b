package dev.roomcast.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.room.Digest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client sees: the protocol's rules for clients, in the fewest lines. Strict where a real client would mend: a gap, or
 * an end that does not fit the text, is a failure; so is anything that comes twice, except after a resume, until the part of a slice
 * that arrived before the cut has come again. From a node that is a moment behind, that is not the next position.
 */
public final class Screen {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> EVENTS =
            Set.of("message", "ai-queued", "ai-start", "ai-chunk", "ai-end", "removed");

    public final Map<String, String> answers = new LinkedHashMap<>();
    public final Map<String, String> endings = new LinkedHashMap<>();
    public final Map<String, String> messages = new LinkedHashMap<>();
    /** Questions that wait, by answerId. */
    public final Set<String> waiting = new LinkedHashSet<>();

    public final List<JsonNode> frames = new ArrayList<>();
    /** Who is here, name by userId; empty in rooms that only tell how many. */
    public final Map<String, String> members = new LinkedHashMap<>();

    public final Set<String> typing = new LinkedHashSet<>();
    public int count;
    public String position;
    public int snapshots;
    private long presence;
    private boolean mending;

    /** What was taken off it. A node that is a moment behind may go on with it. */
    private final Set<String> removed = new LinkedHashSet<>();

    /** Events since the last position, each by what it is and, of a piece, how far it goes. */
    private final Set<String> cut = new LinkedHashSet<>();

    /** Of those before a cut, what has not come again. */
    private final Set<String> toCome = new LinkedHashSet<>();

    public Screen() {}

    /** As it is now, to go on from here more than once. */
    public Screen(Screen other) {
        answers.putAll(other.answers);
        endings.putAll(other.endings);
        messages.putAll(other.messages);
        waiting.addAll(other.waiting);
        members.putAll(other.members);
        count = other.count;
        position = other.position;
        snapshots = other.snapshots;
        removed.addAll(other.removed);
        cut.addAll(other.cut);
        cut.addAll(other.toCome);
    }

    /** Shows a frame, and returns it. */
    public JsonNode show(String text) {
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        frames.add(frame);
        String answerId = frame.path("answerId").asText(null);
        switch (frame.path("type").asText()) {
            case "joined" -> joined(frame);
            case "message" ->
                once(
                        messages.put(
                                frame.get("messageId").asText(),
                                frame.get("content").asText()),
                        frame);
            case "ai-queued" -> once(waiting.add(answerId) ? null : answerId, frame);
            case "ai-start" -> {
                waiting.remove(answerId);
                once(answers.putIfAbsent(answerId, ""), frame);
            }
            case "ai-chunk" -> chunk(answerId, frame);
            case "ai-end" -> {
                if (!answers.containsKey(answerId)) {
                    if (removed.contains(answerId)) {
                        return frame(frame);
                    }
                    check(waiting.remove(answerId) || mending, "never waited", frame);
                    check(frame.get("length").asInt() == 0, "never began, and has a text", frame);
                    endings.put(answerId, frame.get("status").asText());
                    return frame(frame);
                }
                check(answers.get(answerId).length() == frame.get("length").asInt(), "ends elsewhere", frame);
                check(digest(answers.get(answerId)).equals(frame.get("digest").asText()), "other text", frame);
                once(endings.put(answerId, frame.get("status").asText()), frame);
            }
            case "removed" -> {
                removed.add(frame.path("messageId").asText(answerId));
                messages.remove(frame.path("messageId").asText());
                answers.remove(answerId);
                endings.remove(answerId);
            }
            case "presence" -> {
                if (frame.get("presence").asLong() >= presence) { // from another node, which hears of it later
                    presence(frame);
                }
            }
            default -> {}
        }
        return frame(frame);
    }

    private JsonNode frame(JsonNode frame) {
        boolean joined = frame.path("type").asText().equals("joined");
        if (!joined) {
            comes(frame);
        }
        if (frame.has("position")) {
            position = frame.get("position").asText();
            boolean recovered = joined && frame.get("recovered").asBoolean();
            if (recovered) {
                toCome.addAll(cut);
            } else if (joined) {
                toCome.clear();
            }
            cut.clear();
            mending = recovered || !toCome.isEmpty();
        }
        return frame;
    }

    private void comes(JsonNode frame) {
        String type = frame.path("type").asText();
        String id = frame.path("answerId").asText(frame.path("messageId").asText(null));
        if (id == null || !EVENTS.contains(type)) {
            return;
        }
        if (type.equals("ai-chunk")) {
            int end = frame.get("at").asInt() + frame.get("content").asText().length();
            toCome.removeIf(other -> isPieceOf(id, other) && Integer.parseInt(other.split(" ")[2]) <= end);
            cut.add(type + ' ' + id + ' ' + end);
        } else {
            toCome.remove(type + ' ' + id);
            toCome.removeIf(other -> type.equals("ai-end") && isPieceOf(id, other));
            toCome.removeIf(other -> type.equals("removed") && other.split(" ")[1].equals(id));
            cut.add(type + ' ' + id);
        }
    }

    private static boolean isPieceOf(String answerId, String event) {
        return event.startsWith("ai-chunk " + answerId + ' ');
    }

    private void chunk(String answerId, JsonNode frame) {
        String before = answers.get(answerId);
        String content = frame.get("content").asText();
        if (before == null && removed.contains(answerId)) {
            return;
        }
        check(before != null, "of an answer that never began", frame);
        int overlap = before.length() - frame.get("at").asInt();
        check(overlap == 0 || (mending && overlap > 0), "does not join " + before.length(), frame);
        check(
                before.regionMatches(frame.get("at").asInt(), content, 0, Math.min(overlap, content.length())),
                "says something else than before",
                frame);
        answers.put(answerId, before + content.substring(Math.min(overlap, content.length())));
    }

    private void once(Object before, JsonNode frame) {
        check(before == null || mending, "came twice", frame);
    }

    private static String digest(String text) {
        return HexFormat.of().toHexDigits(new Digest().add(text).value());
    }

    private void joined(JsonNode frame) {
        presence(frame);
        if (frame.get("recovered").asBoolean()) {
            check(frame.get("position").asText().equals(position), "recovered elsewhere than at " + position, frame);
            return;
        }
        snapshots++;
        answers.clear();
        endings.clear();
        messages.clear();
        waiting.clear();
        for (JsonNode item : frame.get("history")) {
            if (item.get("type").asText().equals("message")) {
                messages.put(item.get("messageId").asText(), item.get("content").asText());
            } else {
                answers.put(item.get("answerId").asText(), item.get("text").asText());
                endings.put(item.get("answerId").asText(), item.get("status").asText());
            }
        }
        for (JsonNode answer : frame.get("answers")) {
            answers.put(answer.get("answerId").asText(), answer.get("text").asText());
        }
        frame.get("waiting")
                .forEach(question -> waiting.add(question.get("answerId").asText()));
    }

    private void presence(JsonNode frame) {
        presence = frame.get("presence").asLong();
        if (frame.has("members")) {
            members.clear();
            frame.get("members").forEach(this::came);
        } else {
            frame.get("joined").forEach(this::came);
            frame.get("left").forEach(userId -> members.remove(userId.asText()));
        }
        typing.clear();
        frame.path("typing").forEach(userId -> typing.add(userId.asText()));
        count = frame.get("count").asInt();
        check(members.size() == count || count > 100, "counts other people than " + members.keySet(), frame);
    }

    private void came(JsonNode member) {
        members.put(member.get("userId").asText(), member.get("name").asText());
    }

    /** It shows all up to its position, and nothing that comes later: not while a part of a slice may be there that was cut. */
    public boolean isWhole() {
        return !mending;
    }

    private static void check(boolean holds, String what, JsonNode frame) {
        if (!holds) {
            throw new AssertionError(what + ": " + frame);
        }
    }
}
