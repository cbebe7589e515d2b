package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.redis.Redis;
import dev.roomcast.redis.Script;
import dev.roomcast.room.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks by a channel that all nodes hear, and is answered by one of its own. A question that nobody answers is over after a moment. */
final class RedisOtherNodes implements OtherNodes {

    private static final Script SAY = Script.of("redis.call('PUBLISH', ARGV[1], ARGV[2]) return {'said'}");
    private static final String QUESTIONS = Keys.of("channel", "questions");
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String me = Ids.next('n');
    private final Redis redis;
    private final Threads threads;
    private final Duration patience;
    private final Map<String, Function<String, String>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Optional<String>>> asked = new ConcurrentHashMap<>();

    RedisOtherNodes(Redis redis, Threads threads) {
        this(redis, threads, PATIENCE);
    }

    /** @param patience after which a question is over that nobody answers */
    RedisOtherNodes(Redis redis, Threads threads, Duration patience) {
        this.redis = redis;
        this.threads = threads;
        this.patience = patience;
        redis.listen(QUESTIONS, this::hearQuestion);
        redis.listen(answersTo(me), this::hearAnswer);
    }

    @Override
    public boolean any() {
        return true;
    }

    @Override
    public void answer(String subject, Function<String, String> answer) {
        answers.put(subject, answer);
    }

    @Override
    public CompletionStage<Optional<String>> ask(String subject, String question) {
        String id = Ids.next('q');
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        threads.timer().schedule(() -> answer.complete(Optional.empty()), patience.toMillis(), TimeUnit.MILLISECONDS);
        say(QUESTIONS, me + " " + id + " " + subject + " " + question).exceptionally(away -> {
            answer.complete(Optional.empty());
            return null;
        });
        return answer.whenComplete((found, never) -> asked.remove(id));
    }

    private void hearQuestion(String message) {
        String[] part = message == null ? new String[0] : message.split(" ", 4);
        if (part.length < 4 || part[0].equals(me)) {
            return;
        }
        Function<String, String> knows = answers.get(part[2]);
        String answer = knows == null ? null : knows.apply(part[3]);
        if (answer != null) {
            say(answersTo(part[0]), part[1] + " " + answer);
        }
    }

    private void hearAnswer(String message) {
        String[] part = message == null ? new String[0] : message.split(" ", 2);
        CompletableFuture<Optional<String>> answer = part.length < 2 ? null : asked.get(part[0]);
        if (answer != null) {
            answer.complete(Optional.of(part[1]));
        }
    }

    private CompletionStage<List<Object>> say(String channel, String message) {
        return redis.run(SAY, List.of(channel), channel, message);
    }

    private static String answersTo(String node) {
        return Keys.of("channel:answers", node);
    }
}
