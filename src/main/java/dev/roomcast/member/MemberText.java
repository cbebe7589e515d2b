package dev.roomcast.member;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A {@link Member} as text that nodes hand to each other: never to a client, and never taken from one. Pure. */
public final class MemberText {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static String of(Member member) {
        ObjectNode text = JSON.createObjectNode()
                .put("userId", member.userId())
                .put("name", member.name())
                .put("guest", member.guest());
        member.groups().forEach(text.putArray("groups")::add);
        if (!member.until().equals(Instant.MAX)) {
            text.put("until", member.until().toEpochMilli());
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException if it is not what {@link #of} made */
    public static Member read(String text) {
        try {
            JsonNode member = JSON.readTree(text);
            Set<String> groups = new LinkedHashSet<>();
            member.required("groups").forEach(group -> groups.add(group.asText()));
            return new Member(
                    member.required("userId").asText(),
                    member.required("name").asText(),
                    member.required("guest").asBoolean(),
                    groups,
                    member.has("until")
                            ? Instant.ofEpochMilli(member.get("until").asLong())
                            : Instant.MAX);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a member", e);
        }
    }

    private MemberText() {}
}
