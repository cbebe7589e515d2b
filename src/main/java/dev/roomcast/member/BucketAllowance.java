package dev.roomcast.member;

import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts by buckets, wherever those are. */
@ApplicationScoped
public class BucketAllowance implements Allowance {

    /** What somebody may say at once, in seconds of what they may say all the time: people talk in bursts. */
    private static final int BURST = 5;

    private final Buckets rooms;
    private final Buckets messages;
    private final Buckets questions;
    private final Buckets tokens;
    private final RefusalNotes notes;

    protected BucketAllowance() {
        this(0, 0, 0, 0, Counters.NONE); // for the container's proxy
    }

    @Inject
    public BucketAllowance(
            @ConfigProperty(name = "roomcast.limit.new-rooms-per-hour") int rooms,
            @ConfigProperty(name = "roomcast.limit.messages-per-second") int messages,
            @ConfigProperty(name = "roomcast.limit.questions-per-minute") int questions,
            @ConfigProperty(name = "roomcast.limit.tokens-per-day") long tokens,
            Counters counters) {
        this(rooms, messages, questions, tokens, counters, new RefusalNotes(System::nanoTime));
    }

    BucketAllowance(int rooms, int messages, int questions, long tokens, Counters counters, RefusalNotes notes) {
        this.notes = notes;
        this.rooms = counters.buckets("rooms", rooms, rooms, Duration.ofHours(1));
        this.messages = counters.buckets("messages", (long) messages * BURST, messages, Duration.ofSeconds(1));
        this.questions = counters.buckets("questions", questions, questions, Duration.ofMinutes(1));
        this.tokens = counters.buckets("tokens", tokens, tokens, Duration.ofDays(1));
    }

    @Override
    public void message(String userId, boolean first) {
        checkRooms(userId, first);
        refuse(userId, messages.take(userId, 1), "You say too much at once.");
        takeRoom(userId, first);
    }

    @Override
    public void notSaid(String userId, boolean first) {
        messages.putBack(userId, 1);
        putBackRoom(userId, first);
    }

    @Override
    public void question(String userId, boolean first) {
        refuse(userId, tokens.waitFor(userId), "You have had as many answers as you may for now.");
        checkRooms(userId, first);
        refuse(userId, questions.take(userId, 1), "You ask too much at once.");
        takeRoom(userId, first);
    }

    /** Before anything is taken, since a refusal costs nothing. */
    private void checkRooms(String userId, boolean first) {
        if (first) {
            refuse(userId, rooms.waitFor(userId), "You have begun as many rooms as you may for now.");
        }
    }

    private void takeRoom(String userId, boolean first) {
        if (first) {
            rooms.takeAll(userId, 1);
        }
    }

    @Override
    public void notAsked(String userId, boolean first) {
        questions.putBack(userId, 1);
        putBackRoom(userId, first);
    }

    private void putBackRoom(String userId, boolean first) {
        if (first) {
            rooms.putBack(userId, 1);
        }
    }

    @Override
    public void reserve(String userId, String answerId, long many) {
        refuse(userId, tokens.hold(userId, answerId, most(many)), "You have had as many answers as you may for now.");
    }

    @Override
    public void settle(String userId, String answerId, long reserved, long used) {
        tokens.settle(userId, answerId, most(reserved), used);
    }

    @Override
    public void settleLeft(String userId, String answerId, long used) {
        tokens.settle(userId, answerId, Long.MAX_VALUE, used);
    }

    private long most(long many) {
        return Math.min(many, tokens.capacity());
    }

    @Override
    public List<Left> left(String userId) {
        List<Left> left = new ArrayList<>();
        add(left, rooms, userId, "newRooms");
        add(left, messages, userId, "messages");
        add(left, questions, userId, "questions");
        add(left, tokens, userId, "tokens");
        return left;
    }

    private static void add(List<Left> left, Buckets buckets, String userId, String what) {
        if (buckets.areLimited()) {
            left.add(buckets.left(userId, what));
        }
    }

    private void refuse(String userId, Duration wait, String message) {
        if (wait != null) {
            notes.refused(userId);
            throw new Refused(Code.RATE_LIMITED, message, wait);
        }
    }
}
