package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Outcome.Status;
import dev.roomcast.room.Question;
import dev.roomcast.room.Question.Relation;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every frame that the server can make, in each of its forms, is as the schemas say. */
class FramesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Author ANA = new Author("ana", "Ana");
    private static final Member ANA_HERE = new Member("ana", "Ana", false);
    private static final Content.AnswerStarted ASKED =
            new Content.AnswerStarted(new Question("a1", ANA, "Why?", "demo"));
    private static final Outcome.Usage USAGE = new Outcome.Usage(3, 5, true);
    private static final Reason RESTS = new Reason("model-resting", "It rests.", true, 12_000L);
    private static final Roster.View HERE = new Roster.View(7, 1, List.of(ANA_HERE), List.of("ana"));

    @Test
    void every_frame_fits_its_schema() {
        everyFrame().forEach(Schemas::checkFrame);
    }

    @Test
    void every_documented_frame_is_made() {
        Set<String> made = everyFrame().stream()
                .map(frame -> frame.get("type").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Schemas.types("frames.json")), made);
    }

    @Test
    void a_field_that_is_not_documented_would_be_noticed() {
        for (JsonNode frame : everyFrame()) {
            JsonNode more = ((ObjectNode) frame.deepCopy()).put("more", 1);
            assertThrows(AssertionError.class, () -> Schemas.checkFrame(more), frame::toString);
        }
    }

    @Test
    void the_name_of_a_part_is_not_a_type() {
        for (String type : List.of("said", "members", "nothing")) {
            JsonNode frame = JSON.createObjectNode().put("type", type);
            assertThrows(AssertionError.class, () -> Schemas.checkFrame(frame));
        }
    }

    @Test
    void when_to_ask_again_is_told_at_the_end_and_not_long_after_it() {
        Outcome outcome = new Outcome(Status.FAILED, null, RESTS, null, 0, 0, null);
        JsonNode end = parse(Frames.event(new Event(2, 5, null, ended("a1", outcome)), null));
        assertTrue(end.get("retryable").booleanValue());
        assertEquals(12_000, end.get("retryAfterMs").intValue());

        RoomState state = room(List.of(new Event(1, 5, "c1", ASKED), new Event(2, 5, null, ended("a1", outcome))));
        JsonNode joined = parse(Frames.joined("c1", "standup", "s1", "k3-2", told(state), ANA_HERE, Role.MEMBER, HERE));
        JsonNode settled = joined.get("history").get(0);
        assertTrue(settled.get("retryable").booleanValue());
        assertFalse(settled.has("retryAfterMs"));
    }

    private static Frames.Told told(RoomState state) {
        return state == null
                ? null
                : new Frames.Told(
                        Frames.history(state.history()),
                        Frames.answers(state.running().values()),
                        Frames.waiting(state.waiting().values()),
                        state.spent().tokens());
    }

    private static List<JsonNode> everyFrame() {
        List<Frame> frames = new ArrayList<>();
        for (Event event : talk()) {
            frames.add(Frames.event(event, null));
            frames.add(Frames.event(event, "k3-" + event.seq()));
        }
        RoomState settled = room(talk().subList(0, talk().size() - 2));
        RoomState underWay = room(talk().subList(0, 3))
                .after(new Event(4, 5, null, new Content.AnswerQueued(new Question("w1", ANA, "Then?", "demo"))));
        for (String re : new String[] {null, "c1"}) {
            for (RoomState state : new RoomState[] {null, RoomState.empty(9), underWay, settled}) {
                frames.add(Frames.joined(re, "standup", "s1", "k3-1", told(state), ANA_HERE, Role.MEMBER, HERE));
            }
            frames.add(Frames.pong(re));
            frames.add(Frames.reply(re, Map.of()));
            for (Refused.Code code : Refused.Code.values()) {
                frames.add(Frames.error(re, new Refused(code, "No.")));
            }
        }
        frames.add(Frames.you(ANA_HERE, Role.READER));
        underWay.running().values().forEach(answer -> frames.addAll(Frames.replay(answer)));
        frames.add(Frames.error(null, new Refused(Refused.Code.RATE_LIMITED, "Later.", Duration.ofSeconds(3))));
        frames.add(Frames.reply("c1", Map.of("messageId", "m1", "position", "k3-1")));
        frames.add(Frames.reply("c1", Map.of("answerId", "a1", "repeated", true)));
        frames.add(Frames.presence(HERE, null));
        frames.add(Frames.presence(HERE, new Roster.Changes(List.of(ANA_HERE), List.of("ben"))));
        frames.add(Frames.presence(new Roster.View(8, 5_000, List.of(), List.of()), null));
        for (String state : List.of("ok", "degraded", "draining")) {
            frames.add(Frames.status(state, "So it is."));
        }
        return frames.stream().map(FramesTest::parse).toList();
    }

    private static List<Event> talk() {
        List<Content> talk = new ArrayList<>();
        talk.add(new Content.Message("m1", ANA, "Tea?"));
        talk.add(ASKED);
        talk.add(new Content.AnswerChunk("a1", "ana", 0, "Be"));
        talk.add(ended("a1", new Outcome(Status.COMPLETE, null, null, null, 2, 0xcafe, USAGE)));
        List<Outcome> others = List.of(
                new Outcome(Status.COMPLETE, null, null, "length", 0, 0, null),
                new Outcome(Status.CANCELLED, "ana", null, null, 0, -1, null),
                new Outcome(Status.CANCELLED, null, null, null, 0, 0, null),
                new Outcome(
                        Status.FAILED,
                        null,
                        new Reason("model-unreachable", "Nobody answers.", true),
                        null,
                        0,
                        0,
                        null),
                new Outcome(Status.FAILED, null, RESTS, null, 0, 0, null),
                new Outcome(
                        Status.INTERRUPTED,
                        null,
                        new Reason("server-stopped", "The server stopped.", true),
                        null,
                        0,
                        0,
                        null));
        for (Outcome outcome : others) {
            String id = "b" + talk.size();
            talk.add(new Content.AnswerStarted(new Question(id, ANA, "And now?", "demo")));
            talk.add(ended(id, outcome));
        }
        for (Relation.Kind kind : Relation.Kind.values()) {
            Question question = new Question("c" + talk.size(), ANA, "Again?", "demo", new Relation(kind, "a1"));
            talk.add(new Content.AnswerQueued(question));
            talk.add(new Content.AnswerStarted(question, true));
            talk.add(ended(question.answerId(), new Outcome(Status.COMPLETE, null, null, null, 0, 0, USAGE)));
        }
        talk.add(new Content.Removed("m1", null, ANA));
        talk.add(new Content.Removed(null, "a1", ANA));
        List<Event> events = new ArrayList<>();
        for (Content content : talk) {
            int seq = events.size() + 1;
            boolean chunk = content instanceof Content.AnswerChunk;
            events.add(new Event(seq, 1_763_800_000_000L, seq % 2 == 0 || chunk ? null : "c1", content));
        }
        return events;
    }

    private static Content ended(String answerId, Outcome outcome) {
        return new Content.AnswerEnded(answerId, "ana", outcome);
    }

    private static RoomState room(List<Event> events) {
        RoomState state = RoomState.empty(9);
        for (Event event : events) {
            state = state.after(event);
        }
        return state;
    }

    private static JsonNode parse(Frame frame) {
        try {
            return JSON.readTree(frame.text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(frame.text(), e);
        }
    }
}
