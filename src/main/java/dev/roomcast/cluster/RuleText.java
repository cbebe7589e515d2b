package dev.roomcast.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roomcast.member.Role;
import dev.roomcast.member.RoomRule;
import dev.roomcast.room.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A {@link RoomRule} as text; the same rule is the same text. Pure. */
final class RuleText {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param rule {@code null} is the empty text */
    static String of(RoomRule rule) {
        if (rule == null) {
            return "";
        }
        ObjectNode text = JSON.createObjectNode();
        if (rule.title() != null) {
            text.put("title", rule.title());
        }
        if (rule.instructions() != null) {
            text.put("instructions", rule.instructions());
        }
        ObjectNode people = text.putObject("people");
        new TreeMap<>(rule.people()).forEach((user, role) -> people.put(user, role.wire()));
        return text.toString();
    }

    static RoomRule read(RoomId room, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            JsonNode rule = JSON.readTree(text);
            Map<String, Role> people = new HashMap<>();
            // A role that a newer version knows is none here.
            rule.required("people")
                    .fields()
                    .forEachRemaining(person -> people.put(
                            person.getKey(),
                            Role.called(person.getValue().asText()).orElse(Role.NONE)));
            return new RoomRule(
                    room,
                    rule.path("title").asText(null),
                    rule.path("instructions").asText(null),
                    people);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a rule", e);
        }
    }

    private RuleText() {}
}
