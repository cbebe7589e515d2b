package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Member;
import dev.roomcast.member.Notes;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Role;
import dev.roomcast.room.Ids;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Members who poll: between two polls they are still here. What is kept of each is their place in the room's presence and
 * which version of it they know, and what they were told that they may do; where they are in the log they say themselves. Another
 * node that gets their next poll finds it in the {@link Notes}. Thread-safe.
 */
@ApplicationScoped
public class PollSessions {

    /** For so long after a poll was answered, its client is awaited. */
    private static final long AWAITED_SECONDS = 20;

    private static final Duration NOTED = Duration.ofSeconds(2 * AWAITED_SECONDS);

    private final ConcurrentMap<String, PollSession> sessions = new ConcurrentHashMap<>();
    private final Presence presence;
    private final Notes notes;
    private final Threads threads;

    protected PollSessions() {
        this(null, null, null); // for the container's proxy
    }

    @Inject
    public PollSessions(Presence presence, Notes notes, Threads threads) {
        this.presence = presence;
        this.notes = notes;
        this.threads = threads;
    }

    /** The session of this name, if this member polls on in it, rather than come anew; else {@code null}. May wait for a moment. */
    PollSession known(Member member, String name, Joining joining) {
        return joining.since() == null ? null : find(name, member, joining.room());
    }

    /** Answers one poll, which {@link #open} is then called for. */
    PollSink sink(AsyncResponse response, Joining joining) {
        return new PollSink(response, joining.since(), threads.polls());
    }

    /**
     * A connection for one poll.
     *
     * @param known see {@link #known}
     */
    Connection open(Connections connections, Member member, PollSession known, PollSink sink, Joining joining) {
        PollSession session = known != null ? known : new PollSession(Ids.next('s'), member, joining.room());
        // What ends it is an answer, which must not wait for sockets that are being closed.
        Connection connection = connections.open(member, sink, session.name(), threads.polls());
        sessions.put(session.name(), session);
        session.begin();
        // Here until some time after the answer, so that a member does not come and go with each poll.
        presence.enter(joining.room(), member, session.lease());
        sink.answersFor(
                session.name(),
                () -> session.knows(connection.presenceTold()),
                () -> {
                    if (connection.roleTold() != session.roleTold()) {
                        // Perhaps told by this answer, perhaps too late for it: the next one says it again.
                        session.told(null);
                    }
                    if (!Objects.equals(connection.wellTold(), session.wellTold())) {
                        session.toldWell(null);
                    }
                    notes.keep(session.name(), session.note(), NOTED);
                    int poll = session.polls();
                    threads.timer().schedule(() -> leaveUnlessBack(session, poll), AWAITED_SECONDS, TimeUnit.SECONDS);
                },
                connection::gone); // it counts as one of the user's while the answer keeps a thread
        Role told = session.roleTold();
        session.told(connections.rights().role(joining.room(), member));
        Boolean wellTold = session.wellTold();
        boolean well = connections.nodes().isWell();
        if (known != null) {
            session.toldWell(well);
            connection.resume(joining, session.presence(), told, wellTold);
        } else {
            session.toldWell(well ? true : null); // after joined, and so perhaps too late for the first answer
            connection.join(joining);
        }
        return connection;
    }

    private PollSession find(String name, Member member, RoomId room) {
        if (!PollSession.isName(name)) {
            return null;
        }
        PollSession noted = notes.find(name)
                .flatMap(note -> PollSession.noted(name, note, member, room))
                .orElse(null);
        PollSession here = sessions.get(name);
        if (here == null) {
            if (noted != null) {
                noted.goOnHere();
            }
            return noted;
        }
        if (!here.isOf(member, room)) {
            return null;
        }
        if (noted != null) {
            here.catchUp(noted);
        }
        return here;
    }

    private void leaveUnlessBack(PollSession session, int poll) {
        if (session.polls() == poll && sessions.remove(session.name(), session)) {
            presence.leave(session.room(), session.member(), session.lease());
        }
    }
}
