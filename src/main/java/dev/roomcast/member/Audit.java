package dev.roomcast.member;

import dev.roomcast.room.RoomId;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who did what, for those who have to be able to tell later: one line of JSON for each, by the logger {@code roomcast.audit} at INFO.
 * Never what was said, asked or answered, and never a token or a ticket. Thread-safe.
 */
public final class Audit {

    private static final String NAME = "roomcast.audit";

    // Not System.Logger, to which nobody can say where a line comes from: it would walk the stack for each, which takes
    // longer than all else about it.
    private static final Logger LOG = Logger.getLogger(NAME);

    /** Characters of a value; a path, which may be anything, is cut. */
    private static final int MAX_VALUE = 300;

    /** @param more names and values, in turn; a value may be {@code null}, and is left out then */
    public static void note(String event, Member member, RoomId room, String... more) {
        note(event, member == null ? null : member.userId(), room, more);
    }

    /** @param userId or {@code null}, as {@code room} may be */
    public static void note(String event, String userId, RoomId room, String... more) {
        if (LOG.isLoggable(Level.INFO)) {
            // The text is no pattern: it has braces of its own.
            LOG.logp(Level.INFO, NAME, null, () -> line(event, userId, room, more));
        }
    }

    static String line(String event, String userId, RoomId room, String... more) {
        StringBuilder line = new StringBuilder("{");
        field(line, "event", event);
        field(line, "user", userId);
        field(line, "room", room == null ? null : room.name());
        for (int i = 0; i < more.length; i += 2) {
            field(line, more[i], more[i + 1]);
        }
        return line.append('}').toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        if (value == null) {
            return;
        }
        line.append(line.length() == 1 ? "\"" : ",\"").append(name).append("\":\"");
        value.chars().limit(MAX_VALUE).forEach(c -> {
            if (c == '"' || c == '\\') {
                line.append('\\').append((char) c);
            } else if (Names.isUnseen(c)) {
                line.append(String.format("\\u%04x", c)); // one event is one line, as it reads, whoever chose the words
            } else {
                line.append((char) c);
            }
        });
        line.append(value.length() > MAX_VALUE ? "…\"" : "\"");
    }

    private Audit() {}
}
