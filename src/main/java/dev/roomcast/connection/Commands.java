package dev.roomcast.connection;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.member.Member;
import dev.roomcast.room.Appended;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Ids;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What members may tell a room, the same over every transport. Thread-safe; no method blocks. A stage that completes
 * exceptionally does so with {@link Refused}; whatever a command's fields have wrong is thrown as {@link Refused} at once.
 */
@ApplicationScoped
public class Commands {

    private final Assistant assistant;
    private final int maxMessage;
    private final int maxPrompt;

    protected Commands() {
        this(null, 0, 0); // for the container's proxy
    }

    @Inject
    public Commands(
            Assistant assistant,
            @ConfigProperty(name = "roomcast.limit.message-length") int maxMessage,
            @ConfigProperty(name = "roomcast.limit.prompt-length") int maxPrompt) {
        this.assistant = assistant;
        this.maxMessage = maxMessage;
        this.maxPrompt = maxPrompt;
    }

    CompletionStage<Reply> run(Member member, Room room, Command command) {
        return switch (command.type()) {
            case "message" -> message(member, room, command);
            case "ai-query" ->
                assistant
                        .ask(room, member.author(), command.id(), command.text("prompt", maxPrompt))
                        .thenApply(appended -> Reply.to("answerId", appended));
            case "ai-stop" -> {
                String answerId = command.word("answerId");
                boolean first = assistant.stop(room, member.userId(), answerId, command.id());
                yield CompletableFuture.completedStage(new Reply(Map.of("answerId", answerId), null, first));
            }
            default -> throw new Refused(Code.UNKNOWN_TYPE, "This server does not know that command.");
        };
    }

    private CompletionStage<Reply> message(Member member, Room room, Command command) {
        Content.Message message =
                new Content.Message(Ids.next('m'), member.author(), command.text("content", maxMessage));
        return room.append(Draft.of(message, member.userId(), command.id()))
                .thenApply(appended -> Reply.to("messageId", appended));
    }

    /**
     * What came of a command.
     *
     * @param yields fields of the {@code reply} frame
     * @param position of the event that it caused, or {@code null}
     * @param seen the sender, if they read the room, learns it from an event; no {@code reply} is needed
     */
    record Reply(Map<String, Object> yields, String position, boolean seen) {

        static Reply to(String field, Appended appended) {
            Map<String, Object> yields = new LinkedHashMap<>();
            yields.put(field, appended.outcomeId());
            if (appended.repeated()) {
                yields.put("repeated", true);
            }
            return new Reply(yields, appended.position().toString(), !appended.repeated());
        }
    }
}
