package dev.roomcast.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Outcome;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Running;
import dev.roomcast.room.Settled;
import dev.roomcast.room.Spent;
import dev.roomcast.room.Waiting;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * How events and rooms are written in Redis. What a newer version adds an older one passes over, so that both may run side by
 * side. Pure.
 */
final class LogJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Content.class, Contents.class)
            .addMixIn(Settled.class, Kinds.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE) // null instead
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Content.Message.class, name = "message"),
        @Type(value = Content.AnswerQueued.class, name = "queued"),
        @Type(value = Content.AnswerStarted.class, name = "start"),
        @Type(value = Content.AnswerChunk.class, name = "chunk"),
        @Type(value = Content.AnswerEnded.class, name = "end"),
        @Type(value = Content.Removed.class, name = "removed")
    })
    private interface Contents {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Settled.Said.class, name = "said"),
        @Type(value = Settled.Answered.class, name = "answered")
    })
    private interface Kinds {}

    /** What stands for the text in the end of an answer that is one of {@linkplain Outcome#ofTheLog the log's}. In no string, since there it would be escaped. */
    static final String OF_THE_LOG = "\"length\":-1,\"digest\":0";

    private record Entry(Content content, String re) {}

    private record Snapshot(
            long seq, List<Settled> history, List<UnderWay> running, List<Waiting> waiting, Spent spent) {}

    private record UnderWay(long time, String re, Question question, String text, long holds) {}

    static String write(Content content, String re) {
        return write(new Entry(content, re));
    }

    static Event event(long seq, long time, String json) {
        Entry entry = read(json, Entry.class);
        return new Event(seq, time, entry.re, entry.content == null ? new Content.Unknown() : entry.content);
    }

    static String write(RoomState state) {
        return write(new Snapshot(
                state.position().seq(),
                state.history(),
                state.running().values().stream().map(LogJson::underWay).toList(),
                List.copyOf(state.waiting().values()),
                state.spent()));
    }

    static RoomState state(long epoch, String json) {
        Snapshot snapshot = read(json, Snapshot.class);
        // What is under way is said once more, so that nobody but the room knows how it is kept.
        RoomState said = RoomState.empty(epoch);
        for (UnderWay answer : snapshot.running) {
            Question question = answer.question;
            said = said.after(new Event(
                            0, answer.time, answer.re, new Content.AnswerStarted(question, false, answer.holds)))
                    .after(new Event(
                            0,
                            answer.time,
                            null,
                            new Content.AnswerChunk(
                                    question.answerId(), question.asker().userId(), 0, answer.text)));
        }
        for (Waiting waiting : snapshot.waiting) {
            said = said.after(new Event(0, waiting.time(), waiting.re(), new Content.AnswerQueued(waiting.question())));
        }
        List<Settled> history =
                snapshot.history.stream().filter(Objects::nonNull).toList();
        return new RoomState(
                new Position(epoch, snapshot.seq), history, said.running(), said.waiting(), snapshot.spent);
    }

    private static UnderWay underWay(Running answer) {
        return new UnderWay(answer.time(), answer.re(), answer.question(), answer.text(), answer.holds());
    }

    private static String write(Object what) {
        try {
            return JSON.writeValueAsString(what);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String json, Class<T> as) {
        try {
            return JSON.readValue(json, as);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LogJson() {}
}
