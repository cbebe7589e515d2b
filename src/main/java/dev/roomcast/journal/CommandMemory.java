package dev.roomcast.journal;

import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which commands a room has seen: of each user the last {@value #PER_USER}, for ten minutes. That makes a command that is
 * sent again after a lost connection the same command.
 *
 * <p>Guarded by its {@link MemoryLog}.
 */
final class CommandMemory {

    static final int PER_USER = 1_000;
    static final long AGE = 10 * 60 * 1000L;

    private final Map<String, LinkedHashMap<String, Seen>> byUser = new HashMap<>();

    /**
     * What came of this command when it came before, or {@code null} if it is new.
     *
     * @throws Refused ({@code id-reused}) if the id came before with other content
     */
    Appended find(Draft draft, long now) {
        Draft.Command command = draft.command();
        Map<String, Seen> seen = command == null ? null : byUser.get(command.userId());
        Seen earlier = seen == null ? null : seen.get(command.id());
        if (earlier == null || now - earlier.time > AGE) {
            return null;
        }
        if (earlier.fingerprint != fingerprint(draft.content())) {
            throw new Refused(Refused.Code.ID_REUSED, "This id was used for another command. Choose a new one.");
        }
        return new Appended(earlier.position, earlier.outcomeId, true, false);
    }

    Appended remember(Draft draft, Event event, Position position) {
        String outcomeId = outcomeId(draft.content());
        if (draft.command() != null) {
            var seen = byUser.computeIfAbsent(draft.command().userId(), user -> new LinkedHashMap<>());
            seen.remove(draft.command().id()); // so that an expired id comes in as the youngest
            seen.put(draft.command().id(), new Seen(fingerprint(draft.content()), position, outcomeId, event.time()));
            if (seen.size() > PER_USER) {
                seen.remove(seen.keySet().iterator().next());
            }
        }
        return new Appended(position, outcomeId, false, event.content() instanceof Content.AnswerQueued);
    }

    /** The messageId or answerId that comes of it. */
    static String outcomeId(Content content) {
        if (content instanceof Content.Message message) {
            return message.messageId();
        }
        return content instanceof Content.Removed removed ? removed.id() : content.answer();
    }

    void trim(long now) {
        byUser.values().removeIf(seen -> {
            seen.values().removeIf(command -> now - command.time > AGE);
            return seen.isEmpty();
        });
    }

    /** Tells an honest repeat from a reused id. Who forges a collision fools only themselves. */
    static long fingerprint(Content content) {
        if (content instanceof Content.Message message) {
            return (long) message.text().hashCode() << 32 | message.text().length();
        }
        if (content.asked() != null) {
            // Whether it waits is the room's doing, and which model answers by default the server's.
            Question question = content.asked();
            // Of names and texts alone, so that all nodes get the same.
            return (long) Objects.hash(question.prompt(), String.valueOf(question.relation())) << 32
                    | 1L << 31
                    | question.prompt().length();
        }
        return content instanceof Content.Removed removed
                ? removed.id().hashCode()
                : content.getClass().getName().hashCode();
    }

    private record Seen(long fingerprint, Position position, String outcomeId, long time) {}
}
