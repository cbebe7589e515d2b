package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Running;
import dev.roomcast.room.Settled;
import dev.roomcast.room.Waiting;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How things look on the wire: one method for each frame of src/docs/protocol.md. Pure. */
final class Frames {

    /** @param position of the slice that this event completes, or {@code null} */
    static Frame event(Event event, String position) {
        String text = Json.write(json -> {
            Content content = event.content();
            json.writeStringField("type", typeOf(content));
            Fields.optional(json, "position", position);
            if (content instanceof Content.AnswerChunk chunk) {
                json.writeStringField("answerId", chunk.answerId());
                json.writeNumberField("at", chunk.at());
                json.writeStringField("content", chunk.text());
                json.writeStringField("userId", chunk.userId());
                return;
            }
            Fields.optional(json, "re", event.re());
            if (content instanceof Content.Message message) {
                Fields.message(json, message);
            } else if (content.asked() != null) {
                Fields.question(json, content.asked());
            } else if (content instanceof Content.Removed removed) {
                Fields.optional(json, "messageId", removed.messageId());
                Fields.optional(json, "answerId", removed.answerId());
                Fields.author(json, removed.by());
            } else if (content instanceof Content.AnswerEnded end) {
                json.writeStringField("answerId", end.answerId());
                json.writeStringField("userId", end.userId());
                Fields.outcome(json, end.outcome(), true);
            }
            json.writeNumberField("time", event.time());
        });
        return position == null ? Frame.part(text) : new Frame(text, position);
    }

    /** For a client that knows only the five types: an answer under way, as if it began now and came in one piece. */
    static List<Frame> replay(Running answer) {
        Question question = answer.question();
        Event began = new Event(0, answer.time(), answer.re(), new Content.AnswerStarted(question));
        Event text = new Event(
                0,
                answer.time(),
                null,
                new Content.AnswerChunk(question.answerId(), question.asker().userId(), 0, answer.text()));
        return answer.length() == 0 ? List.of(event(began, null)) : List.of(event(began, null), event(text, null));
    }

    /**
     * The first frame of a reader.
     *
     * @param told what the room has said so far; {@code null} if they only read on from {@code position}
     */
    static Frame joined(
            String re,
            String roomId,
            String session,
            String position,
            Told told,
            Member you,
            Role role,
            Roster.View here) {
        return new Frame(
                Json.write(json -> {
                    json.writeStringField("type", "joined");
                    Fields.optional(json, "re", re);
                    json.writeStringField("roomId", roomId);
                    json.writeStringField("session", session);
                    json.writeStringField("position", position);
                    json.writeBooleanField("recovered", told == null);
                    json.writeObjectFieldStart("you");
                    Fields.you(json, you, role);
                    json.writeEndObject();
                    Fields.members(json, "members", here.members());
                    json.writeNumberField("count", here.count());
                    json.writeNumberField("presence", here.version());
                    json.writeFieldName("history");
                    json.writeRawValue(told == null ? "[]" : told.history());
                    json.writeFieldName("answers");
                    json.writeRawValue(told == null ? "[]" : told.answers());
                    json.writeFieldName("waiting");
                    json.writeRawValue(told == null ? "[]" : told.waiting());
                    if (told != null) {
                        json.writeNumberField("tokens", told.tokens());
                    }
                }),
                position);
    }

    /**
     * What a room has said so far, encoded: three JSON arrays. Apart from the rest of {@code joined}, so that many who come at
     * once share it.
     *
     * @param tokens of the answers that ended today
     */
    record Told(String history, String answers, String waiting, long tokens) {}

    static String history(List<Settled> history) {
        return Json.array(json -> {
            for (Settled settled : history) {
                Fields.settled(json, settled);
            }
        });
    }

    static String answers(Collection<Running> answers) {
        return Json.array(json -> {
            for (Running answer : answers) {
                json.writeStartObject();
                Fields.question(json, answer.question());
                json.writeStringField("text", answer.text());
                json.writeNumberField("time", answer.time());
                json.writeEndObject();
            }
        });
    }

    static String waiting(Collection<Waiting> questions) {
        return Json.array(json -> {
            for (Waiting waiting : questions) {
                json.writeStartObject();
                Fields.question(json, waiting.question());
                json.writeNumberField("time", waiting.time());
                json.writeEndObject();
            }
        });
    }

    /** @param yields further fields, in order; values are strings or booleans */
    static Frame reply(String re, Map<String, ?> yields) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "reply");
            Fields.optional(json, "re", re);
            for (Map.Entry<String, ?> field : yields.entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
        }));
    }

    static Frame error(String re, Refused refused) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "error");
            Fields.optional(json, "re", re);
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
                Fields.members(json, "members", here.members());
            } else {
                Fields.members(json, "joined", changes.joined());
                Fields.strings(json, "left", changes.left());
            }
            Fields.strings(json, "typing", here.typing());
        }));
    }

    static Frame status(String state, String message) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "status");
            json.writeStringField("state", state);
            json.writeStringField("message", message);
        }));
    }

    /** What a reader may do in the room has changed. */
    static Frame you(Member you, Role role) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "you");
            Fields.you(json, you, role);
        }));
    }

    static Frame pong(String re) {
        return Frame.of(Json.write(json -> {
            json.writeStringField("type", "pong");
            Fields.optional(json, "re", re);
        }));
    }

    private static String typeOf(Content content) {
        if (content instanceof Content.AnswerChunk) {
            return "ai-chunk";
        }
        if (content instanceof Content.AnswerQueued) {
            return "ai-queued";
        }
        if (content instanceof Content.AnswerStarted) {
            return "ai-start";
        }
        if (content instanceof Content.Removed) {
            return "removed";
        }
        return content instanceof Content.AnswerEnded ? "ai-end" : "message";
    }

    private Frames() {}
}
