package dev.roomcast.connection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.Author;
import dev.roomcast.room.Content;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Question;
import dev.roomcast.room.Reason;
import dev.roomcast.room.Settled;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** The fields that several {@linkplain Frames frames} have in common. Pure. */
final class Fields {

    static void settled(JsonGenerator json, Settled settled) throws IOException {
        json.writeStartObject();
        if (settled instanceof Settled.Said said) {
            json.writeStringField("type", "message");
            message(json, said.message());
        } else if (settled instanceof Settled.Answered answered) {
            json.writeStringField("type", "answer");
            question(json, answered.question());
            json.writeStringField("text", answered.text());
            // When to ask again is counted from the end on, which may be long ago.
            outcome(json, answered.outcome(), false);
        }
        json.writeNumberField("time", settled.time());
        json.writeEndObject();
    }

    static void message(JsonGenerator json, Content.Message message) throws IOException {
        json.writeStringField("messageId", message.messageId());
        author(json, message.author());
        json.writeStringField("content", message.text());
    }

    static void question(JsonGenerator json, Question question) throws IOException {
        json.writeStringField("answerId", question.answerId());
        author(json, question.asker());
        json.writeStringField("prompt", question.prompt());
        json.writeStringField("model", question.model());
        if (question.relation() != null) {
            json.writeStringField(
                    question.relation().kind().wire(), question.relation().answerId());
        }
    }

    /** @param fresh it is being told as it happens */
    static void outcome(JsonGenerator json, Outcome outcome, boolean fresh) throws IOException {
        json.writeStringField("status", outcome.status().wire());
        optional(json, "by", outcome.by());
        if (outcome.reason() != null) {
            reason(json, outcome.reason(), fresh);
        }
        optional(json, "finish", outcome.finish());
        optional(json, "answeredBy", outcome.answeredBy());
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

    private static void reason(JsonGenerator json, Reason reason, boolean fresh) throws IOException {
        json.writeStringField("code", reason.code());
        json.writeStringField("message", reason.message());
        json.writeBooleanField("retryable", reason.retryable());
        if (fresh && reason.retryAfterMs() != null) {
            json.writeNumberField("retryAfterMs", reason.retryAfterMs());
        }
    }

    static void members(JsonGenerator json, String field, List<Member> members) throws IOException {
        json.writeArrayFieldStart(field);
        for (Member member : members) {
            json.writeStartObject();
            author(json, member.author());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void you(JsonGenerator json, Member you, Role role) throws IOException {
        author(json, you.author());
        json.writeBooleanField("guest", you.guest());
        json.writeStringField("role", role.wire());
    }

    static void author(JsonGenerator json, Author author) throws IOException {
        json.writeStringField("userId", author.userId());
        json.writeStringField("name", author.name());
    }

    static void strings(JsonGenerator json, String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    static void optional(JsonGenerator json, String field, String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private Fields() {}
}
