package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Roster;
import dev.roomcast.room.Cursor;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Position;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The readers of one room on this node. When the bell rings, one pass wakes them all; what was appended meanwhile is
 * served by the next one, so that a busy room merges by itself. Frames are encoded once for all who stand at the same place.
 *
 * <p>Thread-safe and non-blocking.
 */
final class Audience {

    /** In a burst, a pass begins no sooner than so long after the last one, in nanoseconds: less than anybody sees. */
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(2);

    /** So many passes may follow each other faster: a question, the beginning of its answer. They are waited for. */
    private static final int AT_ONCE = 2;

    /** Places remembered at once: the head's neighbours, where nearly everybody is. A power of two. */
    private static final int PLACES = 16;

    private final Room room;
    private final Presence members;
    private final Threads threads;
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<Encoded> encoded = new AtomicReferenceArray<>(PLACES);
    private final AtomicInteger rings = new AtomicInteger();
    private final AtomicBoolean tickDue = new AtomicBoolean();
    private final Journal.Watch watch;
    private final Presence.Watch coming;
    private volatile PresenceFrames presence;
    private volatile History history;
    private volatile long lastTick;
    private volatile long lastPass = System.nanoTime() - GATHER;
    private volatile int hurried;
    private volatile boolean idle = true; // no answer was under way at the last pass: whoever asks now waits for that

    Audience(Room room, Presence members, Threads threads) {
        this.room = room;
        this.members = members;
        this.threads = threads;
        this.watch = room.watch(this::ring);
        this.coming = members.watch(room.id(), this::presenceChanged);
    }

    /** Only {@link Audiences} may call these two, which also ends an audience that nobody belongs to. */
    void add(Feed feed) {
        feeds.add(feed);
    }

    boolean removeAndIsEmpty(Feed feed) {
        feeds.remove(feed);
        return feeds.isEmpty();
    }

    void close() {
        watch.close();
        coming.close();
    }

    /** What a reader at this cursor reads next; no frames at the head. */
    Encoded from(Cursor cursor) {
        Position head = room.state().position();
        int place = (int) cursor.position().seq() & (PLACES - 1);
        Encoded known = encoded.get(place);
        if (known != null
                && known.from().equals(cursor.position())
                && known.next().equals(head)) {
            return known;
        }
        Encoded made = Encoded.at(cursor);
        if (!made.reset()) {
            encoded.set(place, made);
        }
        return made;
    }

    /** What a newcomer is told. Its history is encoded once for all who come before it grows again. */
    Frames.Told told(RoomState state) {
        History known = history;
        if (known == null || known.of != state.history()) {
            known = new History(state.history(), Frames.history(state.history()));
            history = known;
        }
        return new Frames.Told(
                known.json,
                Frames.answers(state.running().values()),
                Frames.waiting(state.waiting().values()),
                state.spent().on(System.currentTimeMillis()));
    }

    private record History(List<Settled> of, String json) {}

    /** As it was last told to the room, or {@code null}. */
    PresenceFrames presence() {
        return presence;
    }

    /**
     * The log may have grown. A room that was quiet is served at once, by the thread that appended; in a burst, passes wait for
     * one another, so that readers get a few larger frames instead of one for each token.
     */
    void ring() {
        if (rings.getAndIncrement() == 0) {
            long quiet = System.nanoTime() - lastPass;
            hurried = quiet < GATHER && !idle ? hurried + 1 : 0;
            if (hurried < AT_ONCE) {
                serve();
            } else {
                serveAfter(GATHER - quiet);
            }
        }
    }

    private void serve() {
        lastPass = System.nanoTime();
        int seen = rings.get();
        try {
            idle = room.state().running().isEmpty();
            feeds.forEach(Feed::wake);
        } finally { // also of a room that cannot be read now: the next bell is heard all the same
            if (rings.addAndGet(-seen) != 0) {
                serveAfter(GATHER); // appended during the pass; who came too late for it is served by the next one
            }
        }
    }

    private void serveAfter(long nanos) {
        try {
            threads.work().schedule(this::serve, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            rings.set(0); // The server stops, and with it this room.
        }
    }

    /** Somebody came, went, or types: the room will hear of it within a moment. */
    void presenceChanged() {
        if (tickDue.compareAndSet(false, true)) {
            long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastTick);
            long wait = Math.max(0, interval() - since);
            try {
                threads.work().schedule(this::tick, wait, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                tickDue.set(false); // The server stops, and nobody is told any more.
            }
        }
    }

    /** Milliseconds between two presence frames: four a second at the most, and fewer where many would have to hear them. */
    private long interval() {
        int readers = feeds.size();
        return readers <= Roster.LISTED ? 250 : readers <= 1_000 ? 1_000 : 5_000;
    }

    private void tick() {
        tickDue.set(false);
        lastTick = System.nanoTime();
        Roster roster = members.of(room.id());
        if (roster == null) {
            return;
        }
        Roster.View now = roster.view();
        PresenceFrames before = presence;
        if (before == null || before.version() != now.version()) {
            long told = before == null ? now.version() : before.version();
            Roster.Changes changes = before == null ? null : roster.since(told);
            // It may have gone on since it was looked at: then all of it is told.
            presence = new PresenceFrames(now, told, roster.view().equals(now) ? changes : null);
            ring();
        }
        if (!now.typing().isEmpty()) {
            threads.work().schedule(this::presenceChanged, 1, TimeUnit.SECONDS); // they may stop without a word
        }
    }
}
