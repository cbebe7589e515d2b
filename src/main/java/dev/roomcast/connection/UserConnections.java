package dev.roomcast.connection;

import dev.roomcast.member.Audit;
import dev.roomcast.member.ConnectionCount;
import dev.roomcast.member.Member;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/** How many connections each user has open, on this node and on all of them, and how many they may. Thread-safe. */
final class UserConnections {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final ConcurrentMap<String, Integer> here = new ConcurrentHashMap<>();
    private final ConnectionCount all;
    private final int limit;

    /** @param limit 0 for any number */
    UserConnections(ConnectionCount all, int limit) {
        this.all = all;
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** One more; whether that is one too many is told as soon as it is known. */
    CompletionStage<Boolean> add(String userId) {
        return count(userId, 1).thenApply(many -> limit > 0 && many > limit);
    }

    void remove(String userId) {
        count(userId, -1);
    }

    private CompletionStage<Integer> count(String userId, int more) {
        AtomicReference<CompletionStage<Integer>> told = new AtomicReference<>();
        // Told inside of compute, so that an older number cannot overtake a newer one.
        here.compute(userId, (user, known) -> {
            int now = (known == null ? 0 : known) + more;
            told.set(limit > 0 ? all.tell(user, now) : CompletableFuture.completedStage(now));
            return now > 0 ? now : null;
        });
        return told.get();
    }

    /** How many more this member may open. May wait for a moment, see {@link ConnectionCount#all}. */
    int left(Member member) {
        if (limit <= 0) {
            return Integer.MAX_VALUE;
        }
        int mine = here.getOrDefault(member.userId(), 0);
        return mine >= limit ? 0 : limit - all.all(member.userId(), mine);
    }

    /** Refuses ({@code rate-limited}) who has as many as they may: better than to open one and close it. */
    void checkLeft(Member member) {
        if (left(member) <= 0) {
            Audit.note("refused", member, null, "code", Code.RATE_LIMITED.wire());
            throw new Refused(Code.RATE_LIMITED, "You have as many connections open as you may.", SOON);
        }
    }
}
