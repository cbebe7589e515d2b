package dev.roomcast.journal;

import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.RoomState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One room in Redis: its keys, and what the scripts say about it. All keys share one hash tag. Immutable; no method blocks.
 * Stages fail with {@link dev.roomcast.redis.Unreachable}.
 *
 * @param node what this node is called
 */
record RedisLog(Redis redis, RoomId room, String node, Retention retention) {

    /** Events in one answer of Redis. */
    private static final int PAGE = 1_000;

    /** Milliseconds for which a room is kept that nobody said anything in. */
    static final long UNUSED = 600_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Script APPEND = Script.beside(RedisLog.class, "append.lua");
    private static final Script FETCH = Script.beside(RedisLog.class, "fetch.lua");
    private static final Script SNAPSHOT = Script.beside(RedisLog.class, "snapshot.lua");

    /**
     * What became of an append.
     *
     * @param what {@code ok}, {@code stale}, {@code reused}, {@code repeated}, {@code illegal} or {@code refused}
     * @param time of the event, if {@code ok}
     * @param outcome of the earlier command, if {@code repeated}
     * @param snapshotDue it is time to store one
     */
    record Reply(String what, long epoch, long seq, long time, String outcome, boolean snapshotDue) {}

    /**
     * What was read.
     *
     * @param whole not what comes after the given position, but all that is kept
     * @param snapshot with {@code whole}, where it begins; {@code null} if with nothing
     */
    record Page(
            boolean whole,
            long epoch,
            long head,
            long version,
            Map<String, String> holders,
            List<Event> events,
            RoomState snapshot) {}

    /**
     * @param mark this append and no other, however often it is sent
     * @param digest of the answer with this piece of it, or as far as this node knows its text
     */
    CompletionStage<Reply> append(Known known, Decision decision, Draft draft, String mark, boolean again, int digest) {
        Content content = decision.content();
        Content next = draft.next() == null ? null : new Content.AnswerQueued(draft.next());
        String outcome = CommandMemory.outcomeId(content);
        Draft.Command command = draft.command();
        // What nobody can repeat has a mark, since this node may have to ask twice. Not by what comes of it: another
        // append may
        // have brought that about.
        String user = command == null ? '~' + node : command.userId();
        String id = content.answer() != null && command == null && !Known.decides(content)
                ? ""
                : command == null ? mark : command.id();
        return redis.run(
                        APPEND,
                        List.of(
                                key("meta"),
                                key("log"),
                                key("answers"),
                                key("commands:" + user),
                                key("order:" + user),
                                key("snapshot")),
                        Long.toString(known.epoch()),
                        Long.toString(known.seq()),
                        Long.toString(known.version()),
                        decision.kind(),
                        outcome,
                        Integer.toString(decision.at()),
                        Integer.toString(content.size()),
                        decision.holder(),
                        LogJson.write(decision.closes() ? draft.content() : content, draft.re()),
                        id,
                        Long.toString(CommandMemory.fingerprint(draft.content())),
                        again ? "1" : command != null ? "2" : "0",
                        Doorbells.channel(room),
                        room.name(),
                        node,
                        Long.toString(retention.idle()),
                        Long.toString(CommandMemory.AGE),
                        Integer.toString(CommandMemory.PER_USER),
                        Integer.toString(digest),
                        LogJson.OF_THE_LOG,
                        Long.toString(known.time()),
                        next == null ? "" : LogJson.write(next, null),
                        Integer.toString(next == null ? 0 : next.size()))
                .thenApply(reply -> reply(known, reply));
    }

    private static Reply reply(Known known, List<Object> reply) {
        String what = (String) reply.get(0);
        return switch (what) {
            case "ok" ->
                new Reply(
                        what,
                        known.epoch(),
                        number(reply.get(1)),
                        number(reply.get(2)),
                        null,
                        number(reply.get(3)) == 1);
            case "repeated" ->
                new Reply(what, number(reply.get(1)), number(reply.get(2)), 0, (String) reply.get(3), false);
            default -> new Reply(what, 0, 0, 0, null, false);
        };
    }

    /**
     * @param epoch and {@code seq}: up to where the caller has it; 0 for not at all
     * @param time of the event there, or 0 if they do not know
     * @param broken that life of the log makes no sense: begin another
     */
    CompletionStage<Page> fetch(long epoch, long seq, long time, boolean broken) {
        return redis.run(
                        FETCH,
                        List.of(key("meta"), key("log"), key("answers"), key("snapshot")),
                        Long.toString(epoch),
                        Long.toString(seq),
                        Long.toString(newEpoch()),
                        Integer.toString(PAGE),
                        Long.toString(retention.idle()),
                        Long.toString(Math.min(UNUSED, retention.idle())),
                        broken ? "1" : "0",
                        Long.toString(time),
                        Doorbells.channel(room),
                        room.name())
                .thenApply(RedisLog::page);
    }

    private static Page page(List<Object> reply) {
        long epoch = number(reply.get(1));
        Map<String, String> holders = map(reply.get(4));
        holders.replaceAll((answer, value) -> value.split(" ")[1]);
        List<Event> events = new ArrayList<>();
        for (Object entry : (List<?>) reply.get(5)) {
            List<?> parts = (List<?>) entry;
            String id = (String) parts.get(0);
            Map<String, String> fields = map(parts.get(1));
            events.add(
                    LogJson.event(number(id.substring(0, id.indexOf('-'))), number(fields.get("t")), fields.get("e")));
        }
        String snapshot = (String) reply.get(6);
        return new Page(
                reply.get(0).equals("all"),
                epoch,
                number(reply.get(2)),
                number(reply.get(3)),
                Map.copyOf(holders),
                events,
                snapshot.isEmpty() ? null : LogJson.state(epoch, snapshot));
    }

    /** Stores a snapshot; what came before {@code keep} falls off. */
    CompletionStage<?> store(RoomState state, long keep) {
        return redis.run(
                SNAPSHOT,
                List.of(key("meta"), key("log"), key("snapshot")),
                Long.toString(state.position().epoch()),
                Long.toString(state.position().seq()),
                LogJson.write(state),
                Long.toString(keep));
    }

    private String key(String what) {
        return "roomcast:{" + room.name() + "}:" + what;
    }

    private static long newEpoch() {
        return 1 + (RANDOM.nextLong() >>> 24); // as in MemoryJournal
    }

    private static Map<String, String> map(Object flat) {
        Map<String, String> map = new HashMap<>();
        List<?> parts = (List<?>) flat;
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            map.put((String) parts.get(i), (String) parts.get(i + 1));
        }
        return map;
    }

    private static long number(Object value) {
        return value instanceof Long number ? number : Long.parseLong((String) value);
    }
}
