package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Member;
import dev.roomcast.member.Presence;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Members who poll: between two polls they are still here. What is kept of each is their place in the room's presence and
 * which version of it they know; where they are in the log they say themselves. Thread-safe.
 */
@ApplicationScoped
public class PollSessions {

    /** For so long after a poll was answered, its client is awaited. */
    private static final long AWAITED_SECONDS = 20;

    private final ConcurrentMap<String, PollSession> sessions = new ConcurrentHashMap<>();
    private final Presence presence;
    private final Threads threads;

    protected PollSessions() {
        this(null, null); // for the container's proxy
    }

    @Inject
    public PollSessions(Presence presence, Threads threads) {
        this.presence = presence;
        this.threads = threads;
    }

    /** A connection for one poll, of a session that goes on if {@code name} is one of this member in this room. */
    Connection open(Connections connections, Member member, String name, PollSink sink, Joining joining) {
        PollSession known = name == null ? null : sessions.get(name);
        boolean goesOn = known != null && known.isOf(member, joining.room()) && joining.since() != null;
        Connection connection = goesOn ? connections.open(member, sink, known.name()) : connections.open(member, sink);
        PollSession session = goesOn ? known : new PollSession(connection.session(), member, joining.room());
        sessions.put(session.name(), session);
        session.polls.incrementAndGet();
        // Here until some time after the answer, so that a member does not come and go with each poll.
        presence.enter(joining.room(), member, session.lease());
        sink.answersFor(session.name(), () -> {
            session.presence = connection.presenceTold();
            connection.close(Closing.LOST);
            int poll = session.polls.get();
            threads.timer().schedule(() -> leaveUnlessBack(session, poll), AWAITED_SECONDS, TimeUnit.SECONDS);
        });
        if (goesOn) {
            connection.resume(joining, session.presence);
        } else {
            connection.join(joining);
        }
        return connection;
    }

    private void leaveUnlessBack(PollSession session, int poll) {
        if (session.polls.get() == poll && sessions.remove(session.name(), session)) {
            presence.leave(session.room(), session.member(), session.lease());
        }
    }

    private static final class PollSession {
        private final String name;
        private final Member member;
        private final RoomId room;
        private final java.util.concurrent.atomic.AtomicInteger polls = new java.util.concurrent.atomic.AtomicInteger();
        private volatile long presence;

        PollSession(String name, Member member, RoomId room) {
            this.name = name;
            this.member = member;
            this.room = room;
        }

        String name() {
            return name;
        }

        Member member() {
            return member;
        }

        RoomId room() {
            return room;
        }

        /** The name under which the presence knows it between polls. */
        String lease() {
            return name + "-polls";
        }

        boolean isOf(Member other, RoomId in) {
            return member.userId().equals(other.userId()) && room.equals(in);
        }
    }
}
