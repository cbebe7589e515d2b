package dev.roomcast.connection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.member.Member;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Running;
import dev.roomcast.room.Settled;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** How things look on the wire: one method for each frame of src/docs/protocol.md. Pure. */
final class Frames {

    /** @param position of the slice that this event completes, or {@code null} */
    static Frame event(Event event, String position) {
        String text = Json.write(json -> {
            Content content = event.content();
            json.writeStringField("type", typeOf(content));
            optional(json, "position", position);
            if (content instanceof Content.AnswerChunk chunk) {
                json.writeStringField("answerId", chunk.answerId());
                json.writeNumberField("at", chunk.at());
                json.writeStringField("content", chunk.text());
                json.writeStringField("userId", chunk.userId());
                return;
            }
            optional(json, "re", event.re());
            if (content instanceof Content.Message message) {
                message(json, message);
            } else if (content instanceof Content.AnswerStarted start) {
                start(json, start);
            } else if (content instanceof Content.AnswerEnded end) {
                json.writeStringField("answerId", end.answerId());
                json.writeStringField("userId", end.userId());
                outcome(json, end.outcome());
            }
            json.writeNumberField("time", event.time());
        });
        return position == null ? Frame.part(text) : new Frame(text, position);
    }

    /** For a client that knows only the five types: an answer under way, as if it began now and came in one piece. */
    static List<Frame> replay(Running answer) {
        Content.AnswerStarted start = answer.start();
        Event began = new Event(0, answer.time(), answer.re(), start);
        Event text = new Event(
                0,
                answer.time(),
                null,
                new Content.AnswerChunk(start.answerId(), start.asker().userId(), 0, answer.text()));
        return answer.length() == 0 ? List.of(event(began, null)) : List.of(event(began, null), event(text, null));
    }

    /**
     * The first frame of a reader.
     *
     * @param told what the room has said so far; {@code null} if they only read on from {@code position}
     */
    static Frame joined(
            String re, String roomId, String session, String position, Told told, Member you, Roster.View here) {
        return new Frame(
                Json.write(json -> {
                    json.writeStringField("type", "joined");
                    optional(json, "re", re);
                    json.writeStringField("roomId", roomId);
                    json.writeStringField("session", session);
                    json.writeStringField("position", position);
                    json.writeBooleanField("recovered", told == null);
                    json.writeObjectFieldStart("you");
                    author(json, you.author());
                    json.writeBooleanField("guest", you.guest());
                    json.writeEndObject();
                    members(json, "members", here.members());
                    json.writeNumberField("count", here.count());
                    json.writeNumberField("presence", here.version());
                    json.writeFieldName("history");
                    json.writeRawValue(told == null ? "[]" : told.history());
                    json.writeFieldName("answers");
                    json.writeRawValue(told == null ? "[]" : told.answers());
                }),
                position);
    }

    /**
     * What a room has said so far, encoded: two JSON arrays. Apart from the rest of {@code joined}, so that many who come at
     * once share it.
     */
    record Told(String history, String answers) {}

    static String history(List<Settled> history) {
        return Json.array(json -> {
            for (Settled settled : history) {
                settled(json, settled);
            }
        });
    }

    static String answers(Collection<Running> answers) {
        return Json.array(json -> {
            for (Running answer : answers) {
                json.writeStartObject();
                start(json, answer.start());
                json.writeStringField("text", answer.text());
                json.writeNumberField("time", answer.time());
                json.writeEndObject();
            }
        });
    }

    /** @param yields further fields, in order; values are strings or booleans */
    static Frame reply(String re, Map<String, ?> yields) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "reply");
            optional(json, "re", re);
            for (Map.Entry<String, ?> field : yields.entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
        }));
    }

    static Frame error(String re, Refused refused) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "error");
            optional(json, "re", re);
            json.writeStringField("code", refused.code().wire());
            json.writeStringField("message", refused.getMessage());
            json.writeBooleanField("retryable", refused.code().retryable());
            if (refused.retryAfter() != null) {
                json.writeNumberField("retryAfterMs", refused.retryAfter().toMillis());
            }
        }));
    }

    /** @param changes since the version that the reader has, or {@code null} to say it all */
    static Frame presence(Roster.View here, Roster.Changes changes) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "presence");
            json.writeNumberField("presence", here.version());
            json.writeNumberField("count", here.count());
            if (changes == null) {
                members(json, "members", here.members());
            } else {
                members(json, "joined", changes.joined());
                strings(json, "left", changes.left());
            }
            strings(json, "typing", here.typing());
        }));
    }

    static Frame status(String state, String message) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "status");
            json.writeStringField("state", state);
            json.writeStringField("message", message);
        }));
    }

    static Frame pong(String re) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "pong");
            optional(json, "re", re);
        }));
    }

    private static String typeOf(Content content) {
        if (content instanceof Content.AnswerChunk) {
            return "ai-chunk";
        }
        if (content instanceof Content.AnswerStarted) {
            return "ai-start";
        }
        return content instanceof Content.AnswerEnded ? "ai-end" : "message";
    }

    private static void settled(JsonGenerator json, Settled settled) throws IOException {
        json.writeStartObject();
        if (settled instanceof Settled.Said said) {
            json.writeStringField("type", "message");
            message(json, said.message());
        } else if (settled instanceof Settled.Answered answered) {
            json.writeStringField("type", "answer");
            start(json, answered.question());
            json.writeStringField("text", answered.text());
            outcome(json, answered.outcome());
        }
        json.writeNumberField("time", settled.time());
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, Content.Message message) throws IOException {
        json.writeStringField("messageId", message.messageId());
        author(json, message.author());
        json.writeStringField("content", message.text());
    }

    private static void start(JsonGenerator json, Content.AnswerStarted start) throws IOException {
        json.writeStringField("answerId", start.answerId());
        author(json, start.asker());
        json.writeStringField("prompt", start.prompt());
        json.writeStringField("model", start.model());
    }

    private static void outcome(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeStringField("status", outcome.status().wire());
        optional(json, "by", outcome.by());
        optional(json, "code", outcome.code());
        optional(json, "message", outcome.message());
        json.writeNumberField("length", outcome.length());
        json.writeStringField("digest", HexFormat.of().toHexDigits(outcome.digest()));
        if (outcome.usage() != null) {
            json.writeObjectFieldStart("usage");
            json.writeNumberField("promptTokens", outcome.usage().promptTokens());
            json.writeNumberField("completionTokens", outcome.usage().completionTokens());
            json.writeBooleanField("estimated", outcome.usage().estimated());
            json.writeEndObject();
        }
    }

    private static void members(JsonGenerator json, String field, List<Member> members) throws IOException {
        json.writeArrayFieldStart(field);
        for (Member member : members) {
            json.writeStartObject();
            author(json, member.author());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void author(JsonGenerator json, Author author) throws IOException {
        json.writeStringField("userId", author.userId());
        json.writeStringField("name", author.name());
    }

    private static void strings(JsonGenerator json, String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String field, String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private Frames() {}
}
