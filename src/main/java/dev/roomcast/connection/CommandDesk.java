package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Commands over HTTP: for members who read by {@link EventStream} or {@link LongPoll}, and for programs. */
@RequestScoped
@Path("rooms/{room}/commands")
public class CommandDesk {

    private static final System.Logger LOG = System.getLogger(CommandDesk.class.getName());

    @Inject
    private Door door;

    @Inject
    private Connections connections;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public void run(
            @PathParam("room") String name,
            @QueryParam("session") String session,
            @QueryParam("ticket") String ticket,
            @Context HttpServletRequest request,
            InputStream body,
            @Suspended AsyncResponse response)
            throws IOException {
        Member member = door.admit(request, ticket);
        Room room = connections.rooms().room(new RoomId(name));
        connections.rights().require(room.id(), member, Role.READER);
        Command command = Command.parse(Http.text(body));
        try {
            run(member, room, session, command, response);
        } catch (RuntimeException e) {
            response.resume(refusal(command, e)); // here and not in the mapper, since the answer names the command
        }
    }

    private void run(Member member, Room room, String session, Command command, AsyncResponse response) {
        switch (command.type()) {
            case "ping" -> response.resume(accepted(Frames.pong(command.id())));
            case "typing" -> {
                connections.typing(room, member);
                response.resume(accepted(Frames.reply(command.id(), Map.of())));
            }
            case "refresh" -> refresh(member, session, command, response);
            case "join", "leave" -> throw new Refused(Code.UNKNOWN_TYPE, "Over HTTP, reading a room is being in it.");
            default ->
                connections.runFromOutside(member, room, command).whenComplete((reply, failure) -> {
                    if (failure == null) {
                        response.resume(accepted(reply(command, reply)));
                    } else {
                        response.resume(refusal(command, failure));
                    }
                });
        }
    }

    /** The event stream of this session goes on; a poll brings its token along. */
    private void refresh(Member member, String session, Command command, AsyncResponse response) {
        String token = command.word("token");
        Refused none = new Refused(Code.NOT_JOINED, "There is no open stream of this session.");
        if (!PollSession.isName(session)) {
            throw none;
        }
        Connection stream = connections.find(session, member);
        CompletionStage<Boolean> renewed = stream != null
                ? stream.refresh(token).thenApply(done -> true)
                : connections.renewals().elsewhere(session, member, token);
        renewed.whenComplete((found, failure) -> {
            Throwable refused = failure == null && !found ? none : failure;
            response.resume(
                    refused == null ? accepted(Frames.reply(command.id(), Map.of())) : refusal(command, refused));
        });
    }

    private static Frame reply(Command command, Commands.Reply reply) {
        Map<String, Object> yields = new LinkedHashMap<>(reply.yields());
        if (reply.position() != null) {
            yields.put("position", reply.position());
        }
        return Frames.reply(command.id(), yields);
    }

    private static Response accepted(Frame frame) {
        return Response.accepted(frame.text())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .build();
    }

    private static Response refusal(Command command, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Refused refused) {
            return RefusedMapper.response(command.id(), refused);
        }
        LOG.log(Level.ERROR, "A command over HTTP broke", cause);
        return RefusedMapper.response(command.id(), new Refused(Code.INTERNAL, "Something went wrong on this server."));
    }
}
