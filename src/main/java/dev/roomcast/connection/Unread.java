package dev.roomcast.connection;

import dev.roomcast.room.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Commands whose answer their sender has yet to read in the room's log. A reader who is too far behind skips a part of the log,
 * and with it such answers; so does one who leaves the room: then they are told those by themselves, since every command is answered.
 *
 * <p>Thread-safe; {@code this} guards all of it.
 */
final class Unread {

    /** As many as are known as repeats if they are sent again. Who has more of them unread has to do that. */
    private static final int MAX = 1_000;

    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private Position skippedFrom;
    private Position skippedTo;
    private boolean left;
    private Position leftAt;
    private Unread again;
    private Position againFrom;

    private record Answer(Position position, String id, Commands.Reply reply) {}

    /**
     * A command was answered by an event, at this position or before it.
     *
     * @param read up to where the sender has read, at the least; {@code null} if they have not begun
     * @return whether they have skipped it meanwhile, and have to be told now
     */
    synchronized boolean add(Position position, String id, Commands.Reply reply, Position read) {
        if (skippedFrom != null && isAfter(position, skippedFrom) && !isAfter(position, skippedTo)) {
            return true;
        }
        if (left) {
            return isLeft(position, id, reply);
        }
        while (!answers.isEmpty() && (answers.size() == MAX || !isAfter(answers.peek().position, read))) {
            answers.poll();
        }
        if (isAfter(position, read)) {
            answers.add(new Answer(position, id, reply));
        }
        return false;
    }

    /** The sender will not read what lies between: the answers in it. */
    synchronized List<Frame> skip(Position from, Position to) {
        skippedFrom = from;
        skippedTo = to;
        List<Frame> skipped = new ArrayList<>();
        Iterator<Answer> each = answers.iterator();
        while (each.hasNext()) {
            Answer answer = each.next();
            if (!isAfter(answer.position, to)) {
                each.remove();
                if (isAfter(answer.position, from)) {
                    skipped.add(Frames.reply(answer.id, answer.reply.yields()));
                }
            }
        }
        return skipped;
    }

    /**
     * The sender reads here no more: the answers that they have not read.
     *
     * @param read up to where they have
     * @param back where they read on instead, if that is in the same room; else {@code null}
     * @param from from where on
     */
    synchronized List<Frame> leave(Position read, Unread back, Position from) {
        left = true;
        leftAt = read;
        again = back;
        againFrom = from;
        List<Frame> unread = new ArrayList<>();
        for (Answer answer : answers) {
            if (isLeft(answer.position, answer.id, answer.reply)) {
                unread.add(Frames.reply(answer.id, answer.reply.yields()));
            }
        }
        answers.clear();
        return unread;
    }

    /** Whether the sender had not read it, and will not where they are now either. */
    private boolean isLeft(Position position, String id, Commands.Reply reply) {
        return isAfter(position, leftAt)
                && (again == null || !isAfter(position, againFrom) || again.add(position, id, reply, againFrom));
    }

    /** What another life of the log held, nobody can tell any more: it counts as still to be read. */
    private static boolean isAfter(Position position, Position other) {
        return other == null || position.epoch() != other.epoch() || position.seq() > other.seq();
    }
}
