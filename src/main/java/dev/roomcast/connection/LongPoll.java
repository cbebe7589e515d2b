package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.TimeUnit;

/** A room as JSON, poll by poll: what works through every proxy. The same URL as {@link EventStream}; the client says which by {@code Accept}. */
@RequestScoped
@Path("rooms/{room}/events")
public class LongPoll {

    private static final long MAX_WAIT = 30_000;

    @Inject
    private Door door;

    @Inject
    private Connections connections;

    @Inject
    private PollSessions sessions;

    @Inject
    private Departure departure;

    @Inject
    private Threads threads;

    /**
     * @param wait milliseconds for which to wait when there is nothing yet
     * @param session from the first {@code joined}, so that a member who polls is one session and not one for each poll
     * @param told see {@link PollSession#heard}
     * @param presence see {@link PollSession#has}
     * @param role see {@link PollSession#has}
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public void poll(
            @PathParam("room") String room,
            @QueryParam("since") String since,
            @QueryParam("ticket") String ticket,
            @QueryParam("session") String session,
            @QueryParam("told") String told,
            @QueryParam("presence") String presence,
            @QueryParam("role") String role,
            @QueryParam("wait") @DefaultValue("25000") long wait,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        Member member = door.admit(request, ticket); // first: nobody else is told what is wrong with what they ask
        departure.checkNotOver(); // until then those who poll are still here
        Joining joining = new Joining(new RoomId(room), Joining.since(since, null), null, false);
        connections.users().checkLeft(member);
        connections.rights().require(joining.room(), member, Role.READER);
        PollSession known = sessions.known(member, session, joining);
        if (known == null) {
            connections.spendMessage(member); // entering a room, not reading on
        } else {
            known.heard(told, departure.isAnnounced());
            known.has(presence, role);
        }
        PollSink sink = sessions.sink(response, joining);
        Connection connection = sessions.open(connections, member, known, sink, joining);
        departure.sendAwayIfOver(connection); // opened first, then looked: the stop would wait for it
        long until = Math.max(0, Math.min(MAX_WAIT, wait));
        sink.endsBy(threads.timer().schedule(() -> connection.close(Closing.LOST), until, TimeUnit.MILLISECONDS));
    }
}
