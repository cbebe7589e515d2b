package dev.roomcast.assistant;

import dev.roomcast.room.Limits;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much may be asked and answered, as it is configured. Immutable. */
@Dependent
public class Bounds {

    private final Limits limits;
    private final int answers;
    private final Extent extent;
    private final Duration grace;
    private final long tokensPerDay;
    private final boolean lasting;

    /** @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the setting */
    @Inject
    public Bounds(
            @ConfigProperty(name = "roomcast.limit.answers-per-room") int answersPerRoom,
            @ConfigProperty(name = "roomcast.limit.waiting-per-user") int waitingPerUser,
            @ConfigProperty(name = "roomcast.limit.waiting-per-room") int waitingPerRoom,
            @ConfigProperty(name = "roomcast.limit.answers") int answers,
            @ConfigProperty(name = "roomcast.limit.answer-length") int length,
            @ConfigProperty(name = "roomcast.limit.answer-time") Duration time,
            @ConfigProperty(name = "roomcast.assistant.grace") Duration grace,
            @ConfigProperty(name = "roomcast.limit.tokens-per-day-per-room") long tokensPerDay,
            @ConfigProperty(name = "roomcast.redis.url") Optional<String> redis) {
        this(
                new Limits(
                        atLeastOne("roomcast.limit.answers-per-room", answersPerRoom), waitingPerUser, waitingPerRoom),
                answers,
                new Extent(atLeastOne("roomcast.limit.answer-length", length), checked(time)),
                grace,
                tokensPerDay,
                redis.isPresent());
    }

    Bounds(Limits limits, int answers, Extent extent, Duration grace, long tokensPerDay, boolean lasting) {
        this.limits = limits;
        this.answers = answers;
        this.extent = extent;
        this.grace = grace;
        this.tokensPerDay = tokensPerDay;
        this.lasting = lasting;
    }

    /** 0 is no word for any number here: nothing would ever be answered. */
    private static int atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + " must be 1 or more.");
        }
        return value;
    }

    private static Duration checked(Duration time) {
        if (time.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("roomcast.limit.answer-time must be more than PT0S.");
        }
        return time;
    }

    /** Of one room. */
    Limits limits() {
        return limits;
    }

    /** Under way on this node. */
    int answers() {
        return answers;
    }

    /** Of one answer. */
    Extent extent() {
        return extent;
    }

    /** An answer that nobody is left to read is stopped after so long. */
    Duration grace() {
        return grace;
    }

    /** Of one room; 0 for no limit. */
    long tokensPerDay() {
        return tokensPerDay;
    }

    /** Whether a room's log outlives this process, and somebody else may answer what waits in it. */
    boolean lasting() {
        return lasting;
    }
}
