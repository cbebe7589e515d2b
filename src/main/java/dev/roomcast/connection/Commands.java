package dev.roomcast.connection;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.assistant.Choice;
import dev.roomcast.member.Allowance;
import dev.roomcast.member.Audit;
import dev.roomcast.member.Member;
import dev.roomcast.member.Rights;
import dev.roomcast.member.Role;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What members may tell a room, the same over every transport. Thread-safe; no method blocks. A stage that completes
 * exceptionally does so with {@link Refused}; whatever a command's fields have wrong is thrown as {@link Refused} at once.
 */
@ApplicationScoped
public class Commands {

    private static final Set<String> TYPES =
            Set.of("message", "ai-query", "ai-regenerate", "ai-continue", "ai-stop", "ai-withdraw", "remove");

    private final Assistant assistant;
    private final Rights rights;
    private final Allowance allowance;
    private final int maxMessage;
    private final int maxPrompt;

    protected Commands() {
        this.assistant = null; // for the container's proxy
        this.rights = null;
        this.allowance = null;
        this.maxMessage = 0;
        this.maxPrompt = 0;
    }

    @Inject
    public Commands(
            Assistant assistant,
            Rights rights,
            Allowance allowance,
            @ConfigProperty(name = "roomcast.limit.message-length") int maxMessage,
            @ConfigProperty(name = "roomcast.limit.prompt-length") int maxPrompt) {
        if (maxMessage < 1 || maxPrompt < 1) {
            throw new IllegalArgumentException(
                    "roomcast.limit." + (maxMessage < 1 ? "message" : "prompt") + "-length must be 1 or more.");
        }
        this.assistant = assistant;
        this.rights = rights;
        this.allowance = allowance;
        this.maxMessage = maxMessage;
        this.maxPrompt = maxPrompt;
    }

    /** The longest question, in UTF-16 code units. */
    public int longestPrompt() {
        return maxPrompt;
    }

    /** Refuses what is no command for a room, whatever the room. */
    static void checkType(Command command) {
        if (!TYPES.contains(command.type())) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return new Refused(Code.UNKNOWN_TYPE, "This server does not know that command.");
    }

    CompletionStage<Reply> run(Member member, Room room, Command command) {
        Role role = rights.require(room.id(), member, Role.READER);
        return switch (command.type()) {
            case "message" -> message(member, room, command);
            case "ai-query" -> ask(member, room, command);
            case "ai-regenerate" -> again(member, room, role, command);
            case "ai-continue" -> goOn(member, room, role, command);
            case "ai-stop" -> {
                String answerId = command.word("answerId");
                yield ended(
                        member,
                        room,
                        answerId,
                        assistant.stop(room, member.userId(), moderates(role), answerId, command.id()));
            }
            case "ai-withdraw" -> {
                String answerId = command.word("answerId");
                yield ended(
                        member,
                        room,
                        answerId,
                        assistant.withdraw(room, member.userId(), moderates(role), answerId, command.id()));
            }
            case "remove" -> remove(member, room, command);
            default -> throw unknown();
        };
    }

    private static boolean moderates(Role role) {
        return role.isAtLeast(Role.MODERATOR);
    }

    private static CompletionStage<Reply> ended(
            Member member, Room room, String answerId, CompletionStage<Boolean> stopped) {
        return stopped.thenApply(seen -> {
            Audit.note("stopped", member, room.id(), "answer", answerId);
            return new Reply(Map.of("answerId", answerId), null, seen);
        });
    }

    private CompletionStage<Reply> ask(Member member, Room room, Command command) {
        String prompt = command.text("prompt", maxPrompt);
        Choice who = choice(command);
        return question(member, room, () -> assistant.ask(room, member.author(), command.id(), prompt, who));
    }

    private CompletionStage<Reply> again(Member member, Room room, Role role, Command command) {
        String answerId = command.word("answerId");
        Choice who = choice(command);
        return question(
                member,
                room,
                () -> assistant.again(room, member.author(), moderates(role), command.id(), answerId, who));
    }

    private static Choice choice(Command command) {
        return new Choice(command.optional("model"), command.optional("role"));
    }

    private CompletionStage<Reply> goOn(Member member, Room room, Role role, Command command) {
        String answerId = command.word("answerId");
        return question(
                member, room, () -> assistant.goOn(room, member.author(), moderates(role), command.id(), answerId));
    }

    private CompletionStage<Reply> question(Member member, Room room, Supplier<CompletionStage<Appended>> asking) {
        rights.require(room.id(), member, Role.MEMBER);
        boolean first = room.state().isUntouched();
        allowance.question(member.userId(), first);
        CompletionStage<Appended> asked;
        try {
            asked = asking.get();
        } catch (Refused e) {
            asked = CompletableFuture.failedStage(e);
        }
        return asked.whenComplete((appended, refused) -> {
                    if (refused != null || appended.repeated()) {
                        allowance.notAsked(member.userId(), first);
                    }
                })
                .thenApply(appended -> {
                    if (!appended.repeated()) {
                        Audit.note("asked", member, room.id(), "answer", appended.outcomeId());
                    }
                    return Reply.to("answerId", appended);
                });
    }

    private CompletionStage<Reply> remove(Member member, Room room, Command command) {
        rights.require(room.id(), member, Role.MODERATOR);
        String messageId = command.optional("messageId");
        String answerId = messageId == null ? command.word("answerId") : null;
        allowance.message(member.userId(), false);
        Content.Removed removed = new Content.Removed(messageId, answerId, member.author());
        return room.append(Draft.of(removed, member.userId(), command.id())).thenApply(appended -> {
            Audit.note("removed", member, room.id(), "message", messageId, "answer", answerId);
            return Reply.to(messageId == null ? "answerId" : "messageId", appended);
        });
    }

    private CompletionStage<Reply> message(Member member, Room room, Command command) {
        rights.require(room.id(), member, Role.MEMBER);
        Content.Message message =
                new Content.Message(Ids.next('m'), member.author(), command.text("content", maxMessage));
        boolean first = room.state().isUntouched();
        allowance.message(member.userId(), first);
        return room.append(Draft.of(message, member.userId(), command.id()))
                .whenComplete((appended, refused) -> {
                    if (refused != null || appended.repeated()) {
                        allowance.notSaid(member.userId(), first);
                    }
                })
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
