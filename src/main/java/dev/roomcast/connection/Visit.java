package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The room that a client is in, one at a time, and what they were told that they may do there.
 *
 * <p>Thread-safe; {@code this} guards all that changes. No method blocks, but for entering (see {@link dev.roomcast.member.Presence}).
 */
final class Visit {

    private final Connections home;
    private final Connection connection;
    private final Feed feed;
    private Room room;
    private Unread unread; // of that room
    private Role role = Role.NONE; // as the client was told last
    private boolean welcomed; // told what is there
    private Boolean well = true; // how the client was told last that it is; null if that is not known
    private boolean over;

    Visit(Connections home, Connection connection, Feed feed) {
        this.home = home;
        this.connection = connection;
        this.feed = feed;
    }

    /**
     * Enters a room, at once if it is open here already, as it is if others read it.
     *
     * @param welcome what is told first
     * @param pending what has to be done while it is being opened, if that takes a while
     * @param done told {@code null} once it is entered, or why it could not be
     * @throws Refused if the member may not, at once
     */
    void enter(Joining joining, Function<Place, Outgoing> welcome, Runnable pending, Consumer<Throwable> done) {
        Room next = home.rooms().room(joining.room());
        home.rights().require(next.id(), member(), Role.READER);
        CompletableFuture<Void> open = next.open(joining.since()).toCompletableFuture();
        if (open.isDone() && !open.isCompletedExceptionally()) {
            enter(next, welcome);
            done.accept(null);
            return;
        }
        pending.run();
        open.whenComplete((nothing, failure) -> {
            Throwable why = failure;
            try {
                if (why == null) {
                    enter(next, welcome);
                }
            } catch (RuntimeException e) {
                why = e;
            }
            done.accept(why);
        });
    }

    private void enter(Room next, Function<Place, Outgoing> welcome) {
        Place place = take(next);
        if (place != null) {
            Outgoing outgoing = welcome.apply(place);
            feed.send(outgoing.frame(), outgoing.entrance());
            synchronized (this) {
                welcomed = room == next;
            }
            tellHowItIs(); // only now: what changes from here on is told to this visit, too
        }
    }

    /** Takes the member's place in the room; {@code null} if the connection ended meanwhile. */
    private Place take(Room next) {
        Role granted = home.rights().require(next.id(), member(), Role.READER);
        leave();
        // Not under the lock: it may wait for a moment for who else is there.
        Roster roster = home.presence().enter(next.id(), member(), connection.session());
        Place place = null;
        Unread answers = new Unread();
        try {
            synchronized (this) {
                if (!over) {
                    // The bell first, then the head: an append in between must not be missed.
                    Audience there = home.audiences().enter(next, feed);
                    place = new Place(
                            next, there, roster, member(), this::role, connection.session(), answers, this::begin);
                    room = next;
                    unread = answers;
                    role = granted;
                }
            }
        } finally { // also if there is no place left for one more room
            if (place == null) {
                home.presence().leave(next.id(), member(), connection.session());
            }
        }
        return place;
    }

    void leave() {
        Room left;
        synchronized (this) {
            left = room;
            room = null;
            welcomed = false;
        }
        if (left != null) {
            home.audiences().leave(left, feed);
            home.presence().leave(left.id(), member(), connection.session());
        }
    }

    /** What everybody who is in a room hears: not before its first frame, which says where the client is. */
    void announce(Frame frame) {
        boolean there;
        synchronized (this) {
            there = welcomed;
        }
        if (there) {
            feed.send(frame);
        }
    }

    /** Tells whether what nodes share can be reached, if that is not what the client was told last. */
    void tellHowItIs() {
        boolean now;
        synchronized (this) {
            now = home.nodes().isWell(); // under the lock, so that nobody says it who looked earlier
            if (!welcomed || (well != null && well == now)) {
                return;
            }
            well = now;
        }
        feed.send(Connections.degraded(now));
    }

    /** The client is told what there is, and takes it that all is well. */
    private void begin() {
        wasTold(true);
        tellHowItIs(); // behind what is written next; when it enters, later
    }

    /** How the client was told last that it is; {@code null} if that is not known. */
    synchronized Boolean wellTold() {
        return well;
    }

    synchronized void wasTold(Boolean before) {
        well = before;
    }

    /** Leaves, and enters none any more. */
    void end() {
        synchronized (this) {
            over = true;
        }
        leave();
    }

    /** @throws Refused {@code not-joined} if it is none */
    synchronized Room room() {
        if (room == null) {
            throw new Refused(Code.NOT_JOINED, "Join a room first.");
        }
        return room;
    }

    /** Which of the client's commands the room's log has answered further on than they have read. */
    synchronized Unread unread() {
        return unread;
    }

    /** What the client was told last that they may do. */
    synchronized Role role() {
        return role;
    }

    /**
     * Whoever was removed from the room hears no more of it, also not the rest of an answer; who may do something else there
     * than they were told is told so.
     */
    boolean mayStay() {
        Room there;
        synchronized (this) {
            there = room;
        }
        Role now = there == null ? null : home.rights().role(there.id(), member());
        if (now == Role.NONE) {
            return false;
        }
        synchronized (this) {
            if (now == null || there != room || now == role) {
                return true;
            }
            role = now;
        }
        feed.send(Frames.you(member(), now));
        return true;
    }

    private Member member() {
        return connection.member();
    }
}
