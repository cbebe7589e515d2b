package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** A room as server-sent events: for clients whose WebSocket does not get through. Commands come by {@link CommandDesk}. */
@RequestScoped
@Path("rooms/{room}/events")
public class EventStream {

    @Inject
    private Door door;

    @Inject
    private Departure departure;

    @Inject
    private Connections connections;

    @Inject
    private EventStreamWriters writers;

    /**
     * @param since the position from which to go on; {@code Last-Event-ID} says the same when a browser reconnects by itself
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void open(
            @PathParam("room") String room,
            @QueryParam("since") String since,
            @QueryParam("ticket") String ticket,
            @HeaderParam("Last-Event-ID") String last,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Member member = door.admit(request, ticket); // first: nobody else is told what is wrong with what they ask
        RoomId id = new RoomId(room);
        String from = Joining.since(since, last);
        departure.checkOpen();
        connections.users().checkLeft(member);
        connections.rights().require(id, member, Role.READER);
        connections.spendMessage(member);
        // Proxies must neither hold events back nor change them.
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
        EventStreamSink stream = new EventStreamSink(sink, sse, writers);
        Connection connection = connections.open(member, stream);
        stream.onWritten(connection::heard);
        stream.onCrowdedOut(() -> connection.close(Closing.STALLED));
        connection.join(new Joining(id, from, null, false));
    }
}
