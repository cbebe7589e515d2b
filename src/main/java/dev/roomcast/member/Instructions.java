package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What the assistant is told in a room besides what it is told everywhere: by the room's owner, or else by the configuration. Open rooms
 * have none. Thread-safe; {@link #of} does not block.
 */
@ApplicationScoped
public class Instructions {

    /** In UTF-16 code units: some pages, and a quarter of what a small model can hold. */
    public static final int MAX_LENGTH = 8_000;

    private final RoomRules rules;
    private final Rights rights;
    private final Map<RoomId, String> configured;

    protected Instructions() {
        this(null, null, Map.of()); // for the container's proxy
    }

    @Inject
    public Instructions(RoomRules rules, Rights rights, Config config) {
        this(rules, rights, read(rights, key -> config.getOptionalValue(key, String.class)));
    }

    Instructions(RoomRules rules, Rights rights, Map<RoomId, String> configured) {
        this.rules = rules;
        this.rights = rights;
        this.configured = configured;
    }

    /** @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the key */
    static Map<RoomId, String> read(Rights rights, Function<String, Optional<String>> config) {
        return rights.declared().stream()
                .filter(room -> config.apply(key(room)).isPresent())
                .collect(Collectors.toMap(room -> room, room -> {
                    String text = config.apply(key(room)).orElseThrow().strip();
                    if (text.length() > MAX_LENGTH) {
                        throw new IllegalArgumentException(
                                key(room) + " must be a text of at most " + MAX_LENGTH + " characters.");
                    }
                    return text;
                }));
    }

    private static String key(RoomId room) {
        return "roomcast.rooms." + room.name().substring(RoomId.PRIVATE.length()) + ".instructions";
    }

    /** The rooms for which the configuration says something. */
    public Set<RoomId> configured() {
        return configured.keySet();
    }

    /** What the assistant is told in this room, or {@code null}. */
    public String of(RoomId room) {
        RoomRule rule = rules.find(room);
        return rule != null && rule.instructions() != null ? rule.instructions() : configured.get(room);
    }

    /** @param text {@code null} for none of the owner's */
    public void change(RoomId room, Member by, String text) {
        rights.require(room, by, Role.OWNER);
        if (text != null && text.length() > MAX_LENGTH) {
            throw new Refused(Code.TOO_LONG, "Instructions have at most " + MAX_LENGTH + " characters.");
        }
        rules.change(room, rule -> {
            RoomRule there = rule == null ? new RoomRule(room, null, null, Map.of()) : rule;
            rights.requireStill(there, by, Role.OWNER);
            return there.instructed(text);
        });
    }
}
